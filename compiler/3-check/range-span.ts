import type { TypeExpr } from '../1-parse/ast.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';

/** Where `in [-1, 1]` stands; in JSON, which has no such word, the list. Null where no range is written. */
export function rangeSpan(source: SourceFile, { expr, range }: TypeExpr): Span | null {
  if (!range) return null;
  const between = source.text.slice(expr.span.end, range.span.start);
  const isText = /^\s+in\s+$/.test(between);
  return isText ? { ...range.span, start: expr.span.end + between.indexOf('in') } : range.span;
}
