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
  const value =
    wordOf(expr, argument, ctx) ?? evaluate(expr, { ...ctx, top: false, wanted: wantedBy(argument, expr) });
  return { name: name?.name ?? null, nameSpan: name?.span ?? expr.span, value, expr, span };
}

/** What a name in the value of an argument is looked for among. Where a number may stand, only a call is a schedule. */
function wantedBy(argument: Argument | undefined, expr: Expr): Context['wanted'] {
  if (argument?.kind === 'scheduled') return expr.kind === 'ref' && expr.args ? 'schedule' : null;
  return argument?.kind === 'distribution' || argument?.kind === 'constraint' ? argument.kind : null;
}

/**
 * A word for an argument that takes one of a few, with quotes or without: `mode: bilinear`, `draw: shared`. Null for
 * everything else, such as a param that holds the word.
 */
function wordOf(expr: Expr, argument: Argument | undefined, ctx: Context): Value | null {
  if (expr.kind !== 'ref' || expr.args || expr.path.length > 1) return null;
  const { name } = expr.path[0]!;
  const word = { kind: 'text', value: name } as const;
  if (argument?.kind === 'padding') return name === 'same' || name === 'valid' ? word : null;
  if (argument?.kind !== 'choice') return null;
  // A wrong word is one, too, so that the report can say which there are.
  return argument.choices?.includes(name) || !holdsAValue(name, expr, ctx) ? word : null;
}

function holdsAValue(name: string, { span }: Expr, { scope, world }: Context): boolean {
  return scope.get(name) !== undefined || world.resolved.namesAt(span).params.has(name);
}
