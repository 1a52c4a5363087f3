import * as t from '../tensor/index.ts';

/** Inside the root, where the slope of a square root would otherwise be infinite at zero. */
const TINY = 1e-12;

/** ∇critic(x), shaped like x. It can be differentiated again. */
export function gradientAt(critic: (x: t.Value) => t.Value, x: t.Value): t.Value {
  // No example sees another, so the gradient of the sum holds the gradient of each.
  return t.gradients(t.sum(critic(x)), [x])[0]!;
}

/** |∇critic(x)|² of every example: [batch]. */
export function slope(critic: (x: t.Value) => t.Value, x: t.Value): t.Value {
  return t.sum(
    t.square(gradientAt(critic, x)),
    x.shape.flatMap((_, axis) => (axis === 0 ? [] : [axis])),
  );
}

/** The mean over the batch of (|∇critic(x)| − target)². */
export function distanceFromSlope(critic: (x: t.Value) => t.Value, x: t.Value, target: number): t.Value {
  const length = t.sqrt(t.add(slope(critic, x), TINY));
  return t.mean(t.square(t.sub(length, target)));
}
