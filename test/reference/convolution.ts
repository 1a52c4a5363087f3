import type { ConvolutionAttributes } from '../../compiler/tensor/convolution.ts';
import { at, atOrZero, count, indicesOf, offset, type Tensor, tabulate } from './tensor.ts';

/**
 * Calls `visit` once for every product that a convolution sums up: where in x, in the kernel and in the result
 * it stands. The three primitives are three ways to go through this list. Places of x on padding are skipped.
 */
function eachProduct(
  shapes: { x: readonly number[]; kernel: readonly number[]; result: readonly number[] },
  { strides, padding, dilations, groups }: ConvolutionAttributes,
  visit: (x: number[], kernel: number[], result: number[]) => void,
): void {
  const taps = shapes.kernel.slice(0, -2);
  const [channelsPerGroup, filters] = shapes.kernel.slice(-2) as [number, number];
  for (const result of indicesOf(shapes.result)) {
    const filter = result.at(-1)!;
    const group = Math.floor(filter / (filters / groups));
    for (const tap of indicesOf(taps)) {
      const place = tap.map(
        (t, axis) => result[axis + 1]! * strides[axis]! + t * dilations[axis]! - padding[axis]![0],
      );
      if (place.some((i, axis) => i < 0 || i >= shapes.x[axis + 1]!)) continue;
      for (let channel = 0; channel < channelsPerGroup; channel++) {
        visit(
          [result[0]!, ...place, group * channelsPerGroup + channel],
          [...tap, channel, filter],
          [...result],
        );
      }
    }
  }
}

/** Sums a product of two of the three into the third. */
function accumulate(
  shape: readonly number[],
  each: (add: (index: number[], value: number) => void) => void,
): Tensor {
  const data = new Float64Array(count(shape));
  each((index, value) => {
    data[offset(shape, index)]! += value;
  });
  return { shape, data };
}

export function conv(
  x: Tensor,
  kernel: Tensor,
  result: readonly number[],
  attributes: ConvolutionAttributes,
) {
  return accumulate(result, (add) =>
    eachProduct({ x: x.shape, kernel: kernel.shape, result }, attributes, (i, k, r) =>
      add(r, at(x, i) * at(kernel, k)),
    ),
  );
}

export function convInputGrad(
  dy: Tensor,
  kernel: Tensor,
  x: readonly number[],
  attributes: ConvolutionAttributes,
) {
  return accumulate(x, (add) =>
    eachProduct({ x, kernel: kernel.shape, result: dy.shape }, attributes, (i, k, r) =>
      add(i, at(dy, r) * at(kernel, k)),
    ),
  );
}

export function convFilterGrad(
  x: Tensor,
  dy: Tensor,
  kernel: readonly number[],
  attributes: ConvolutionAttributes,
) {
  return accumulate(kernel, (add) =>
    eachProduct({ x: x.shape, kernel, result: dy.shape }, attributes, (i, k, r) =>
      add(k, at(x, i) * at(dy, r)),
    ),
  );
}

/** The largest element of every window; places outside of x are never chosen. */
export function maxPool(
  x: Tensor,
  result: readonly number[],
  attributes: {
    window: readonly number[];
    strides: readonly number[];
    padding: readonly (readonly [number, number])[];
  },
): Tensor {
  const { window, strides, padding } = attributes;
  return tabulate(result, (index) => {
    let largest = Number.NEGATIVE_INFINITY;
    for (const tap of indicesOf(window)) {
      const place = tap.map((t, axis) => index[axis + 1]! * strides[axis]! + t - padding[axis]![0]);
      const inside = place.every((i, axis) => i >= 0 && i < x.shape[axis + 1]!);
      if (inside) largest = Math.max(largest, atOrZero(x, [index[0]!, ...place, index.at(-1)!]));
    }
    return largest;
  });
}
