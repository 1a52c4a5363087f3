import type { SourceFile } from '../source/source-file.ts';
import type { Diagnostic, Edit, Fix } from './diagnostic.ts';

/**
 * Fixes are written for the text form. In the JSON form an expression stands inside a string, where the same
 * change can be made in its characters; a fix that would have to change the structure around it is left out,
 * and its help still says what to do.
 */
export function withFixesForJson(source: SourceFile, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  let literals: readonly Literal[] | null = null;
  return diagnostics.map((diagnostic) => {
    if (diagnostic.fixes.length === 0 || diagnostic.span.file !== source.name) return diagnostic;
    literals ??= stringLiterals(source.text);
    const fixes = diagnostic.fixes.flatMap((fix) => adapt(fix, literals!));
    return { ...diagnostic, fixes };
  });
}

/** A string with its quotes: `[start, end)`. */
interface Literal {
  readonly start: number;
  readonly end: number;
}

function adapt(fix: Fix, literals: readonly Literal[]): Fix[] {
  const edits: Edit[] = [];
  for (const { span, text } of fix.edits) {
    const literal = literals.find(({ start, end }) => start <= span.start && span.end <= end);
    if (!literal) return [];
    const quoted = JSON.stringify(text);
    const isWhole = literal.start === span.start && literal.end === span.end;
    const isInside = literal.start < span.start && span.end < literal.end;
    if (!isWhole && !isInside) return [];
    edits.push({ span, text: isWhole ? quoted : quoted.slice(1, -1) });
  }
  return [{ ...fix, edits }];
}

function stringLiterals(text: string): Literal[] {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(({ 0: literal, index }) => ({
    start: index,
    end: index + literal.length,
  }));
}
