import type * as ast from '../1-parse/ast.ts';
import type { Argument } from '../arguments/argument.ts';
import { unknownArgument } from '../diagnostics/codes/unknown-argument.ts';
import type { Span } from '../source/span.ts';
import { assign } from './assign.ts';
import { type Bound, readAssigned } from './bind.ts';
import { type Context, mistake } from './context.ts';
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

/** An option that a block must have, and once; null after a mistake. */
export function optionNamed(
  options: readonly ast.Option[],
  name: string,
  span: Span,
  ctx: Context,
): ast.Option | null {
  const [first, second] = options.filter((option) => option.name.name === name);
  const facts = { call: ctx.owner, noun: 'option', signature: null, name } as const;
  if (!first) {
    mistake(ctx, unknownArgument, { at: span, facts: { ...facts, problem: 'missing' } });
    return null;
  }
  if (second) {
    mistake(ctx, unknownArgument, {
      at: second.name.span,
      facts: { ...facts, problem: 'twice' },
      also: { first: first.name.span },
    });
  }
  return first;
}
