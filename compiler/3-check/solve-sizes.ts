import { inputShapeMismatch } from '../diagnostics/codes/input-shape-mismatch.ts';
import { type Context, mistake } from './context.ts';
import type { Dim } from './dim.ts';
import type { Signature, SignaturePort } from './signature.ts';
import { shortTextOf } from './source-text.ts';
import type { TensorPort } from './type-expression.ts';
import type { Given, TensorValue, Value } from './values.ts';

/**
 * Finds the named sizes from the shapes that are given, and compares what is left to compare. False after a
 * mistake.
 */
export function solveSizes(
  signature: Signature,
  values: ReadonlyMap<string, Value>,
  given: ReadonlyMap<string, Given>,
  sizes: Map<string, Dim>,
  ctx: Context,
): boolean {
  const tensors = signature.ports.flatMap((port) => {
    const value = values.get(port.name);
    return port.type.kind === 'tensor' && value?.kind === 'tensor' ? [{ port, type: port.type, value }] : [];
  });
  for (const { port, type, value } of tensors) {
    if (type.shape.length !== value.shape.length) {
      reportShape(signature, port, type, value, given.get(port.name)!, sizes, ctx);
      return false;
    }
  }
  const waiting = tensors.flatMap(({ port, type, value }) => [
    ...type.shape.map((pattern, axis) => ({ pattern, actual: value.shape[axis]!, port, type, value })),
    ...(type.label && value.label
      ? [{ pattern: type.label.classes, actual: value.label.classes, port, type, value }]
      : []),
  ]);
  // An equation with one unknown gives it; the others wait until they have no more than one.
  let open = waiting;
  for (let progress = true; progress; ) {
    progress = false;
    for (const { pattern, actual } of open) {
      const unsolved = unsolvedIn(pattern, signature, sizes);
      const solved = unsolved.length === 1 ? solve(pattern, unsolved[0]!, actual, sizes, signature) : null;
      if (!solved) continue;
      sizes.set(unsolved[0]!, solved);
      progress = true;
    }
    open = open.filter(({ pattern }) => unsolvedIn(pattern, signature, sizes).length > 0);
  }
  for (const { pattern, actual, port, type, value } of waiting) {
    const unsolved = unsolvedIn(pattern, signature, sizes);
    const hasNoSolution = unsolved.length === 1 && pattern.substitute(sizes)?.linearIn(unsolved[0]!);
    if (hasNoSolution) {
      reportShape(signature, port, type, value, given.get(port.name)!, sizes, ctx);
      return false;
    }
    if ([...pattern.names].some((name) => !sizes.has(name))) continue;
    // A size that is not the multiple it is promised to be is the business of `promiseBroken`.
    const wanted = pattern.substitute(sizes);
    if (!wanted || wanted.equals(actual)) continue;
    reportShape(signature, port, type, value, given.get(port.name)!, sizes, ctx);
    return false;
  }
  return true;
}

function unsolvedIn(pattern: Dim, signature: Signature, sizes: ReadonlyMap<string, Dim>): string[] {
  return [...pattern.names].filter((name) => signature.letters.has(name) && !sizes.has(name));
}

/** The size of `name` for which the pattern comes to `actual`; null when no whole number does. */
function solve(
  pattern: Dim,
  name: string,
  actual: Dim,
  sizes: ReadonlyMap<string, Dim>,
  signature: Signature,
): Dim | null {
  const equation = pattern.substitute(sizes)?.linearIn(name);
  if (!equation) return null;
  const { factor, offset } = equation;
  const multiple = signature.multiples.get(name) ?? 1;
  // factor·name + offset = actual, with a factor of so many parts: (factor·multiple)·name = multiple·(…).
  const size = actual
    .minus(offset)
    .times(multiple)
    .over(Math.round(factor * multiple));
  return size && size.value !== null && size.value < 1 ? null : size;
}

function reportShape(
  signature: Signature,
  port: SignaturePort,
  type: TensorPort,
  value: TensorValue,
  given: Given,
  sizes: ReadonlyMap<string, Dim>,
  ctx: Context,
): void {
  // The same tensor for the same input is one mistake, in however many losses it is made.
  const once = `${signature.graph.name.name}.${port.name} ${value.node}`;
  if (ctx.place === 'train' && ctx.world.mismatches.has(once)) return;
  if (ctx.place === 'train') ctx.world.mismatches.add(once);
  mistake(ctx, inputShapeMismatch, {
    at: given.span,
    facts: {
      network: signature.graph.name.name,
      port: port.name,
      wanted: type.shape.map((size) => size.substitute(sizes) ?? size),
      value: shortTextOf(ctx.world, given),
      given: value.shape,
    },
    also: { port: port.span },
  });
}
