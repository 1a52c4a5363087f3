import type { SpecFile } from '../1-parse/ast.ts';
import type { Span } from '../source/span.ts';
import { diagnosticDefinitions } from './codes/index.ts';
import { unusedIgnore } from './codes/unused-ignore.ts';
import type { Diagnostic } from './diagnostic.ts';
import { nearest } from './nearest.ts';
import { byPlace, Reporter } from './reporter.ts';

/** `// ganc-ignore CODE: reason`, for one line. */
interface Ignore {
  readonly code: string;
  readonly reason: string;
  /** The code in the comment. */
  readonly span: Span;
  /** The line that it is about, from 1. */
  readonly line: number;
}

/**
 * Leaves out the warnings and remarks that a comment on the line above, or at the end of the same line, asks
 * to ignore; adds a warning for each comment that ignores nothing, where the file is `judged` as a whole. Errors
 * cannot be ignored.
 */
export function withoutIgnored(
  file: SpecFile,
  diagnostics: readonly Diagnostic[],
  judged: boolean,
): readonly Diagnostic[] {
  const ignores = readIgnores(file);
  if (ignores.length === 0) return diagnostics;
  const used = new Set<Ignore>();
  const kept = diagnostics.filter((diagnostic) => {
    if (diagnostic.severity === 'error' || diagnostic.span.file !== file.source.name) return true;
    const { line } = file.source.position(diagnostic.span.start);
    const ignore = ignores.find((each) => each.code === diagnostic.code && each.line === line);
    if (!ignore || ignore.reason === '') return true;
    used.add(ignore);
    return false;
  });
  if (!judged) return kept;
  // A spec with errors is not judged further, so a warning that was meant may be missing only for now.
  const isSound = !diagnostics.some(({ severity }) => severity === 'error');
  const report = new Reporter((name) => (name === file.source.name ? file.source : undefined));
  for (const ignore of ignores) {
    const problem = used.has(ignore) ? null : problemOf(ignore, isSound);
    if (!problem) continue;
    const suggestion = problem === 'unknown' ? nearest(ignore.code, ignorable.keys()) : null;
    report.report(unusedIgnore, { at: ignore.span, facts: { name: ignore.code, problem, suggestion } });
  }
  return [...kept, ...report.diagnostics].sort(byPlace);
}

const ignorable = new Map(diagnosticDefinitions.map((definition) => [definition.code, definition]));

function problemOf({ code, reason }: Ignore, judged: boolean) {
  const definition = ignorable.get(code);
  if (!definition) return 'unknown';
  if (definition.severity === 'error') return 'error';
  if (reason === '') return 'no reason';
  // What is found on one machine may not be on another.
  return judged && !definition.scene ? 'nothing to ignore' : null;
}

function readIgnores(file: SpecFile): Ignore[] {
  const { source, comments } = file;
  const standalone = new Set<number>();
  for (const { span } of comments) {
    const { line, column } = source.position(span.start);
    if (
      source
        .line(line)
        .slice(0, column - 1)
        .trim() === ''
    )
      standalone.add(line);
  }
  return comments.flatMap(({ text, span }) => {
    const found = /^(\s*ganc-ignore\b\s*)([^\s:]*)(?:\s*:\s*(.*?))?\s*$/.exec(text);
    if (!found) return [];
    let { line } = source.position(span.start);
    // Above a line, other comments may stand between.
    while (standalone.has(line)) line++;
    const start = span.start + 2 + found[1]!.length;
    const code = found[2]!;
    return [
      { code, reason: found[3] ?? '', span: { file: span.file, start, end: start + code.length }, line },
    ];
  });
}
