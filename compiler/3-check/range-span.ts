import type { SpecFile, TypeExpr } from '../1-parse/ast.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';

/** Where `in [-1, 1]` stands; in JSON, which has no such word, the list. Null where no range is written. */
export function rangeSpan(source: SourceFile, { expr, range }: TypeExpr): Span | null {
  if (!range) return null;
  const between = source.text.slice(expr.span.end, range.span.start);
  const isText = /^\s+in\s+$/.test(between);
  return isText ? { ...range.span, start: expr.span.end + between.indexOf('in') } : range.span;
}

/** Where `in [-1, 1]` of a field of a dataset stands; null where no range is written. */
export function declaredRange(file: SpecFile, dataset: string, field: string): Span | null {
  for (const item of file.items) {
    if (item.kind !== 'data' || item.name.name !== dataset) continue;
    const type = item.fields.find(({ name }) => name.name === field)?.type;
    if (type) return rangeSpan(file.source, type);
  }
  return null;
}
