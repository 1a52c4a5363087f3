import type { Expr } from '../1-parse/ast.ts';
import type { Span } from '../source/span.ts';
import type { Given } from './values.ts';
import type { World } from './world.ts';

/** What stands at a place, on one line. For JSON it is the JSON text. */
export function textAt(world: World, span: Span): string {
  const source = world.resolved.namesAt(span).file?.source;
  if (!source) return '';
  return source.text.slice(span.start, span.end).replace(/\s+/g, ' ');
}

/** The name that an expression is, when it is a bare one: `e5`, `facades.photo`. */
export function bareName(expr: Expr | null): string | null {
  if (expr?.kind !== 'ref' || expr.args !== null) return null;
  return expr.path.map((name) => name.name).join('.');
}

/** What was written for a value, where it is short enough to be named; null for what flows in from the left. */
export function shortTextOf(world: World, { expr, span }: Given): string | null {
  const written = expr ? (bareName(expr) ?? textAt(world, span)) : null;
  return written !== null && written.length <= 20 ? written : null;
}
