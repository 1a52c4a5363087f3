import * as t from '../tensor/index.ts';

/** Inside the root, where the slope of a square root would otherwise be infinite at zero. */
const TINY = 1e-12;

/** |∇critic(x)|² of every example: [batch]. It can be differentiated again. */
export function slope(critic: (x: t.Value) => t.Value, x: t.Value): t.Value {
  // No example sees another, so the gradient of the sum holds the gradient of each.
  const [gradient] = t.gradients(t.sum(critic(x)), [x]);
  return t.sum(
    t.square(gradient!),
    x.shape.flatMap((_, axis) => (axis === 0 ? [] : [axis])),
  );
}

/** The mean over the batch of (|∇critic(x)| − target)². */
export function distanceFromSlope(critic: (x: t.Value) => t.Value, x: t.Value, target: number): t.Value {
  const length = t.sqrt(t.add(slope(critic, x), TINY));
  return t.mean(t.square(t.sub(length, target)));
}
