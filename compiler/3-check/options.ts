import type * as ast from '../1-parse/ast.ts';
import type { Argument } from '../arguments/argument.ts';
import type { Span } from '../source/span.ts';
import { assign } from './assign.ts';
import { type Bound, readAssigned } from './bind.ts';
import type { Context } from './context.ts';
import { evaluateGiven } from './given.ts';

/**
 * Checks the options of a block against its table. `apart` are those that take an expression of their own and
 * are read elsewhere.
 */
export function readOptions(
  ctx: Context,
  owner: string,
  span: Span,
  options: readonly ast.Option[],
  table: readonly Argument[],
  apart: readonly string[],
): Bound | null {
  const given = options
    .filter((option) => !apart.includes(option.name.name))
    .map((option) => evaluateGiven(option, table, ctx));
  const call = { name: owner, noun: 'option', span } as const;
  // Options that are read elsewhere are known too, when a name is looked for.
  const known = [...table, ...apart.map((name) => ({ name, default: null }))];
  const assigned = assign(ctx, call, known, given);
  return assigned && readAssigned(ctx, call, table, assigned);
}
