import type { SourceFile } from '../source/source-file.ts';
import type { Diagnostic, DiagnosticDefinition, ReportDetails } from './diagnostic.ts';

/** Collects findings. The same mistake at the same place is kept once, however many uses lead to it. */
export class Reporter {
  readonly #found = new Map<string, Diagnostic>();
  readonly #sources: (file: string) => SourceFile | undefined;
  readonly #before: Reporter | null;

  /** `sources` finds the text of a file, to write places as `25:14`. */
  constructor(sources: (file: string) => SourceFile | undefined, before: Reporter | null = null) {
    this.#sources = sources;
    this.#before = before;
  }

  /** A reporter that collects on its own, of a spec whose errors so far are known. */
  beside(): Reporter {
    return new Reporter(this.#sources, this);
  }

  /** Takes a finding over, unless the same is there. */
  add(diagnostic: Diagnostic): void {
    const key = keyOf(diagnostic);
    if (!this.#found.has(key)) this.#found.set(key, diagnostic);
  }

  report<F, L extends string>(definition: DiagnosticDefinition<F, L>, details: ReportDetails<F, L>): void {
    const { at, facts } = details;
    const key = keyOf({ code: definition.code, span: at });
    if (this.#found.has(key)) return;
    const related: { span: Diagnostic['span']; text: string }[] = [];
    for (const role of Object.keys(definition.labels ?? {}) as L[]) {
      const span = details.also?.[role];
      if (span) related.push({ span, text: definition.labels![role](facts) });
    }
    related.push(...(details.extra ?? []));
    const beside = definition.traceNote?.(facts) ?? null;
    const uses = (details.trace ?? []).map((use, depth) => {
      const place = this.#sources(use.span.file)?.position(use.span.start);
      const file = use.span.file === at.file ? '' : `${use.span.file}:`;
      const text = `in ${use.module}, used at ${place ? `${file}${place.line}:${place.column}` : use.span.file}`;
      return depth === 0 && beside ? `${text}       ${beside}` : text;
    });
    this.#found.set(key, {
      code: definition.code,
      severity: definition.severity,
      message: definition.message(facts),
      span: at,
      label: definition.label?.(facts) ?? '',
      related,
      notes: [...uses, ...(definition.notes?.(facts) ?? [])],
      help: definition.help?.(facts) ?? null,
      fixes: details.fixes ?? [],
    });
  }

  /** All findings in the order of the text. */
  get diagnostics(): Diagnostic[] {
    return [...this.#found.values()].sort(byPlace);
  }

  get hasErrors(): boolean {
    return this.#before?.hasErrors || [...this.#found.values()].some((d) => d.severity === 'error');
  }
}

/** Which mistake it is: the same code at the same place is one. */
export function keyOf({ code, span }: Pick<Diagnostic, 'code' | 'span'>): string {
  return `${code} ${span.file}:${span.start}-${span.end}`;
}

/** The order in which findings are shown: file by file, each from its beginning. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.span.file.localeCompare(b.span.file) || a.span.start - b.span.start;
}
