import { concatSizeMismatch } from '../diagnostics/codes/concat-size-mismatch.ts';
import type { Fix } from '../diagnostics/diagnostic.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import type { Span } from '../source/span.ts';
import type { Context } from './context.ts';
import type { LayerInput } from './layer-inputs.ts';
import { bareName } from './source-text.ts';
import type { TensorValue, Walk } from './values.ts';

/**
 * What the checker knows about a join that does not fit, beyond the shapes: what the joined tensor is called,
 * and which tensors of the same body would fit. Nothing for other mistakes.
 */
export function joinDetails(
  definition: { readonly code: string },
  inputs: readonly LayerInput[],
  ctx: Context,
): { at?: Span; facts?: never; also?: never; fixes?: readonly Fix[] } {
  if (definition.code !== concatSizeMismatch.code) return {};
  const [arriving] = inputs;
  const joined = inputs.find((input) => !sameMap(input.tensor, arriving!.tensor));
  if (!arriving || !joined) return {};
  const name = bareName(joined.given.expr);
  const bound = name === null ? undefined : ctx.scope.get(name);
  const levels = levelsOf(arriving.tensor, ctx);
  const fitting = levels.find(({ tensor }) => sameMap(tensor, arriving.tensor));
  const at = joined.given.span;
  const facts = {
    arriving: arriving.tensor.shape,
    joined: joined.tensor.shape,
    joinedName: name,
    levels: levels.map((level) => ({ size: level.tensor.shape[0]!, name: level.name })),
    suggestion: fitting?.name ?? null,
  };
  const also = {
    joined: bound?.kind === 'tensor' ? ctx.scope.where(name!) : undefined,
    arriving: arriving.given.span,
  };
  return {
    at,
    facts: facts as never,
    also: also as never,
    fixes: fitting ? [renameFix(at, fitting.name)] : [],
  };
}

/** Named tensors that a decoder could join, small maps first; not the one that it begins with. */
function levelsOf(arriving: TensorValue, ctx: Context): { name: string; tensor: TensorValue }[] {
  const named: { name: string; tensor: TensorValue }[] = [];
  for (const [name, value] of ctx.scope.entries()) {
    if (value.kind !== 'tensor' || value.label || !value.walk) continue;
    if (value.shape.length !== arriving.shape.length || value.shape.length < 2) continue;
    named.push({ name, tensor: value });
  }
  let walk: Walk | null = arriving.walk;
  const begins = (at: Walk) => named.find(({ tensor }) => tensor.walk === at);
  while (walk && !begins(walk)) walk = walk.previous;
  const start = walk && begins(walk);
  const size = (tensor: TensorValue) => tensor.shape[0]!.value ?? 0;
  return named.filter((level) => level !== start).sort((a, b) => size(a.tensor) - size(b.tensor));
}

/** Whether two maps agree in every size but the channels. */
function sameMap(a: TensorValue, b: TensorValue): boolean {
  return (
    a.shape.length === b.shape.length &&
    a.shape.slice(0, -1).every((size, axis) => size.equals(b.shape[axis]!))
  );
}
