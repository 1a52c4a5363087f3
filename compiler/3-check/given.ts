import type { Expr, Name } from '../1-parse/ast.ts';
import type { Argument } from '../arguments/argument.ts';
import type { Span } from '../source/span.ts';
import type { Context } from './context.ts';
import { evaluate } from './expression.ts';
import type { Given, Value } from './values.ts';

/** An argument or an option as it stands in a spec. */
export interface Written {
  readonly name: Name | null;
  readonly value: Expr;
  readonly span: Span;
}

/** What is written for an argument of a table. One that is named is evaluated as what that argument takes. */
export function evaluateGiven(
  { name, value: expr, span }: Written,
  table: readonly Argument[],
  ctx: Context,
): Given {
  const argument = name ? table.find((one) => one.name === name.name) : undefined;
  const kind = argument?.kind;
  const wanted = kind === 'distribution' || kind === 'constraint' ? kind : null;
  const value = wordOf(expr, argument) ?? evaluate(expr, { ...ctx, top: false, wanted });
  return { name: name?.name ?? null, nameSpan: name?.span ?? expr.span, value, expr, span };
}

/**
 * A word for an argument that takes one of a few, with quotes or without: `mode: bilinear`, `draw: shared`.
 * Null for everything else.
 */
function wordOf(expr: Expr, argument: Argument | undefined): Value | null {
  if (expr.kind !== 'ref' || expr.args || expr.path.length > 1) return null;
  const { name } = expr.path[0]!;
  if (argument?.kind === 'choice') return { kind: 'text', value: name };
  const isPadding = argument?.kind === 'padding' && (name === 'same' || name === 'valid');
  return isPadding ? { kind: 'text', value: name } : null;
}
