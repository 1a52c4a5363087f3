import type { Value } from './builder.ts';
import { windowCount } from './convolution.ts';
import { slice } from './primitives/slice.ts';

/**
 * Combines the elements of every window of x (N…C): their maximum is a max pool, their sum an average pool.
 * One axis after the other, the last first, so that a window of 3 × 3 takes 6 strided slices and not 9, and
 * those before in row-major order come before in `combine`.
 */
export function combineWindows(
  x: Value,
  window: readonly number[],
  strides: readonly number[],
  combine: (a: Value, b: Value) => Value,
): Value {
  return window.reduceRight((before, size, spatial) => {
    const axis = spatial + 1;
    const stride = strides[spatial]!;
    const count = windowCount(before.shape[axis]!, size, stride, [0, 0]);
    const places = Array.from({ length: size }, (_, place) =>
      slice(
        before,
        before.shape.map((_, other) => (other === axis ? place : 0)),
        before.shape.with(axis, count),
        before.shape.map((_, other) => (other === axis ? stride : 1)),
      ),
    );
    return places.reduce(combine);
  }, x);
}
