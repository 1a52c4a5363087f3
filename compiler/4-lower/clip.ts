import type { ScheduledNumber, UpdatePlan } from '../3-check/model.ts';
import * as t from '../tensor/index.ts';
import type { Scope } from './scope.ts';

/** Keeps the quotient finite where all gradients are zero; PyTorch has the same. */
const TINY = 1e-6;

/** Gradients within the bounds of an update: first all of them together, then each number. */
export function clipGradients(
  scope: Scope,
  { name, clip }: UpdatePlan,
  gradients: readonly t.Value[],
): readonly t.Value[] {
  const { norm, gradients: each } = clip;
  if (gradients.length === 0 || (norm === null && each === null)) return gradients;
  return scope.builder.within(`clip ${name}`, () => {
    const factor = norm === null ? null : shortening(scope, norm, gradients);
    return gradients.map((gradient) => within(scope, factor ? t.mul(gradient, factor) : gradient, each));
  });
}

/** What gradients are multiplied by, so that all of them together are no longer than `norm`. */
function shortening(scope: Scope, norm: ScheduledNumber, gradients: readonly t.Value[]): t.Value {
  const length = t.sqrt(t.addAll(gradients.map((gradient) => t.sum(t.square(gradient)))));
  return t.minimum(t.div(scope.scalar(norm), t.add(length, TINY)), 1);
}

/** Every number of it between −bound and bound. */
export function within(scope: Scope, x: t.Value, bound: ScheduledNumber | null): t.Value {
  if (bound === null) return x;
  const limit = scope.scalar(bound);
  return t.clip(x, t.neg(limit), limit);
}
