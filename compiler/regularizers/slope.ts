import * as t from '../tensor/index.ts';

/** |∇critic(x)|² of every example: [batch]. It can be differentiated again. */
export function slope(critic: (x: t.Value) => t.Value, x: t.Value): t.Value {
  // No example sees another, so the gradient of the sum holds the gradient of each.
  const [gradient] = t.gradients(t.sum(critic(x)), [x]);
  return t.sum(
    t.square(gradient!),
    x.shape.flatMap((_, axis) => (axis === 0 ? [] : [axis])),
  );
}
