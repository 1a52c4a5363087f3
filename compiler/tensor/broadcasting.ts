import type { Value } from './builder.ts';
import { broadcast } from './primitives/broadcast.ts';
import { reshape } from './primitives/reshape.ts';
import { sum } from './primitives/sum.ts';
import { type Shape, sameShape } from './shapes.ts';

/** The gradient of broadcasting: sums over the axes along which `shape` was stretched to `x`. */
export function sumTo(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  const extra = x.shape.length - shape.length;
  const axes = x.shape.flatMap((size, axis) =>
    axis < extra || (shape[axis - extra] === 1 && size !== 1) ? [axis] : [],
  );
  const summed = axes.length > 0 ? sum(x, axes, true) : x;
  return reshape(summed, shape);
}

/** The same value, stretched to `shape` where it is not yet of that shape. */
export function broadcastTo(x: Value, shape: Shape): Value {
  return sameShape(x.shape, shape) ? x : broadcast(x, shape);
}

/** Puts size-1 axes back where a reduction took them away, so that the result broadcasts against its input. */
export function restoreAxes(x: Value, original: Shape, axes: readonly number[]): Value {
  const kept = original.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return sameShape(x.shape, kept) ? x : reshape(x, kept);
}
