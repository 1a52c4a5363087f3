import type { Diagnostic, DiagnosticDefinition } from '../compiler/diagnostics/diagnostic.ts';
import { Reporter } from '../compiler/diagnostics/reporter.ts';
import type { SourceFile } from '../compiler/source/source-file.ts';
import type { Span } from '../compiler/source/span.ts';
import { UserError } from './user-error.ts';

/** A place in a spec, and how the texts of its files are found. */
export interface Place {
  readonly span: Span;
  readonly sources: (file: string) => SourceFile | undefined;
}

/**
 * A mistake in a spec that shows only when there are data, weights or an engine. It is worded like those that are
 * found in the text, by the same definition.
 */
export class FoundError extends UserError {
  override name = 'FoundError';
  readonly code: string;
  /** The part of the model that it is about, as `placeInModel` understands it: `faces.class`, `G/dense`. */
  readonly about: string;
  readonly notes: readonly string[];
  /** Where that stands in the spec; null until a command that has read the spec says so. */
  place: Place | null = null;
  readonly #tell: (place: Place) => Diagnostic;

  constructor(tell: (place: Place) => Diagnostic, about: string, exitCode: 1 | 2) {
    const { code, message, notes, help } = tell(NOWHERE);
    super(message, help, { exitCode });
    this.code = code;
    this.notes = notes;
    this.about = about;
    this.#tell = tell;
  }

  /** As a finding in the text of the spec; null while nobody has said where. */
  get diagnostic(): Diagnostic | null {
    return this.place && this.#tell(this.place);
  }
}

const NOWHERE: Place = { span: { file: '', start: 0, end: 0 }, sources: () => undefined };

/** @param exitCode 1 when what was asked for did not work, 2 when it was asked for wrongly */
export function found<F>(
  definition: DiagnosticDefinition<F, string>,
  about: string,
  facts: F,
  exitCode: 1 | 2 = 1,
): FoundError {
  const tell = ({ span, sources }: Place): Diagnostic => {
    const reporter = new Reporter(sources);
    reporter.report(definition, { at: span, facts });
    return reporter.diagnostics[0]!;
  };
  return new FoundError(tell, about, exitCode);
}
