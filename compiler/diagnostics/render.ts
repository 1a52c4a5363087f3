import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import { cutColumns, layOut, printable, widthOfText } from './columns.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';
import { countText } from './wording.ts';

/** The parts of a rendered diagnostic that may have a colour. */
export type Role = Severity | 'title' | 'frame' | 'secondary' | 'help';

export interface RenderOptions {
  /** Finds the text of a file. */
  readonly sources: (file: string) => SourceFile | undefined;
  /** Colours a part; left out, everything is plain. */
  readonly style?: (role: Role, text: string) => string;
  /** Longest piece of a source line that is shown. */
  readonly width?: number;
}

interface Label {
  readonly span: Span;
  readonly text: string;
  readonly primary: boolean;
}

/** Where `(fix available)` stands, from 0. */
const FIX_COLUMN = 90;

/**
 * Writes one finding as text: the sentence, the places with their labels, the reasons, the help.
 *
 *     error[range-mismatch]: G makes values in [0, 1], but faces.image holds values in [-1, 1]
 *        ┌─ dcgan.gan:33:8
 *     10 │   image: [size, size, 3] in [-1, 1]
 *        │                          ---------- declared here
 *        ·
 *     33 │     -> sigmoid
 *        │        ^^^^^^^ sigmoid gives [0, 1]
 *        = D could tell real from fake by brightness alone, so G would get no useful signal.
 *      help: end with tanh, or declare the data `in [0, 1]`                     (fix available)
 */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions): string {
  const style = options.style ?? ((_role, text) => text);
  const labels: Label[] = [
    { span: diagnostic.span, text: diagnostic.label, primary: true },
    ...diagnostic.related.map((label) => ({ ...label, primary: false })),
  ];
  const files = [...new Set(labels.map(({ span }) => span.file))];
  const gutter = Math.max(
    1,
    ...labels.map(({ span }) => String(options.sources(span.file)?.position(span.start).line ?? 0).length),
  );
  const margin = ' '.repeat(gutter + 1);
  const { severity } = diagnostic;
  const lines = [
    `${style(severity, `${severity}[${diagnostic.code}]`)}${style('title', `: ${printable(diagnostic.message)}`)}`,
  ];
  for (const file of files) {
    const source = options.sources(file);
    const own = labels.filter(({ span }) => span.file === file);
    const first = own.find(({ primary }) => primary) ?? own[0]!;
    const place = source?.position(first.span.start);
    lines.push(
      `${margin}${style('frame', '┌─')} ${printable(file)}${place ? `:${place.line}:${place.column}` : ''}`,
    );
    if (source) lines.push(...renderPlaces(source, own, gutter, severity, options, style));
  }
  const closing = diagnostic.notes.map((note) => ({ mark: '=', indent: gutter + 1, text: printable(note) }));
  const help = diagnostic.help ?? (closing.length === 0 ? helpFromFix(diagnostic) : null);
  if (help !== null) closing.push({ mark: 'help:', indent: gutter - 1, text: printable(help) });
  for (const [index, { mark, indent, text }] of closing.entries()) {
    const isFixable = index === closing.length - 1 && diagnostic.fixes.length > 0;
    const room = FIX_COLUMN - indent - mark.length - 1 - widthOfText(text);
    const fixable = isFixable ? `${' '.repeat(Math.max(2, room))}${style('help', '(fix available)')}` : '';
    lines.push(`${' '.repeat(indent)}${style(mark === '=' ? 'frame' : 'help', mark)} ${text}${fixable}`);
  }
  return lines.join('\n');
}

/** What a fix does, where nothing else says it. */
function helpFromFix({ fixes }: Diagnostic): string | null {
  const title = fixes[0]?.title;
  return title ? title[0]!.toLowerCase() + title.slice(1) : null;
}

/** All findings, an empty line between them. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, options)).join('\n\n');
}

/** `2 errors, 1 warning in dcgan.gan`; null when there is nothing to count. */
export function summaryText(diagnostics: readonly Diagnostic[]): string | null {
  const counts = (['error', 'warning', 'info'] as const)
    .map((severity) => [severity, diagnostics.filter((d) => d.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => countText(count, severity === 'info' ? 'remark' : severity));
  if (counts.length === 0) return null;
  const files = [...new Set(diagnostics.map(({ span }) => span.file))];
  const where = files.length === 1 ? printable(files[0]!) : countText(files.length, 'file');
  return `${counts.join(', ')} in ${where}`;
}

function renderPlaces(
  source: SourceFile,
  labels: readonly Label[],
  gutter: number,
  severity: Severity,
  options: RenderOptions,
  style: (role: Role, text: string) => string,
): string[] {
  const byLine = new Map<number, Label[]>();
  for (const label of labels) {
    const { line } = source.position(label.span.start);
    const there = byLine.get(line) ?? [];
    there.push(label);
    byLine.set(line, there);
  }
  const lines: string[] = [];
  let previous: number | null = null;
  for (const number of [...byLine.keys()].sort((a, b) => a - b)) {
    if (previous !== null && number > previous + 1)
      lines.push(`${' '.repeat(gutter + 1)}${style('frame', '·')}`);
    previous = number;
    const here = byLine.get(number)!.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
    const { text, marks } = renderLine(source, number, here, options.width ?? 110);
    lines.push(`${style('frame', `${String(number).padStart(gutter)} │`)} ${text}`.trimEnd());
    for (const [index, mark] of marks.entries()) {
      const { primary } = here[index]!;
      lines.push(
        `${' '.repeat(gutter + 1)}${style('frame', '│')} ${mark.indent}${style(
          primary ? severity : 'secondary',
          `${(primary ? '^' : '-').repeat(mark.width)}${mark.text ? ` ${printable(mark.text)}` : ''}`,
        )}`,
      );
    }
  }
  return lines;
}

/** The source line, cut to what the labels need when it is too long, and a mark for each label. */
function renderLine(source: SourceFile, number: number, labels: readonly Label[], width: number) {
  const line = source.line(number);
  const shown = layOut(line);
  const total = shown.column(line.length);
  const places = labels.map(({ span, text, primary }) => {
    const start = source.position(span.start).column - 1;
    const from = shown.column(start);
    return { from, to: Math.max(from + 1, shown.column(start + span.end - span.start)), text, primary };
  });
  const focus = places.find(({ primary }) => primary) ?? places[0]!;
  const left = total <= width || focus.to <= width ? 0 : Math.max(0, focus.from - Math.floor(width / 3));
  const right = Math.min(total, left + width);
  const before = left > 0 ? '… ' : '';
  const text = `${before}${left === 0 && right === total ? shown.text : cutColumns(shown.text, left, right)}${
    right < total ? ' …' : ''
  }`;
  const marks = places.map((place) => {
    const from = Math.max(left, Math.min(place.from, right));
    const to = Math.max(from + 1, Math.min(place.to, right));
    return { indent: ' '.repeat(from - left + before.length), width: to - from, text: place.text };
  });
  return { text, marks };
}
