import type { Value } from './builder.ts';
import { windowCount } from './convolution.ts';
import { slice } from './primitives/slice.ts';

/**
 * One strided slice of x (N…C) for every place in a window, in row-major order of the places: their
 * elementwise maximum is a max pool, their mean an average pool.
 */
export function slidingWindows(x: Value, window: readonly number[], strides: readonly number[]): Value[] {
  const counts = window.map((size, axis) => windowCount(x.shape[axis + 1]!, size, strides[axis]!, [0, 0]));
  const size = [x.shape[0]!, ...counts, x.shape.at(-1)!];
  return placesIn(window).map((place) => slice(x, [0, ...place, 0], size, [1, ...strides, 1]));
}

/** All index tuples below `sizes`, the last index running fastest. */
function placesIn(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (places, size) => places.flatMap((place) => Array.from({ length: size }, (_, at) => [...place, at])),
    [[]],
  );
}
