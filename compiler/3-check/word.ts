import type { Expr } from '../1-parse/ast.ts';
import type { Argument } from '../arguments/argument.ts';
import type { Value } from './values.ts';

/**
 * A word for an argument that takes one of a few, with quotes or without: `mode: bilinear`, `draw: shared`.
 * Null for everything else.
 */
export function wordOf(expr: Expr, argument: Argument | undefined): Value | null {
  if (expr.kind !== 'ref' || expr.args || expr.path.length > 1) return null;
  const { name } = expr.path[0]!;
  if (argument?.kind === 'choice') return { kind: 'text', value: name };
  const isPadding = argument?.kind === 'padding' && (name === 'same' || name === 'valid');
  return isPadding ? { kind: 'text', value: name } : null;
}
