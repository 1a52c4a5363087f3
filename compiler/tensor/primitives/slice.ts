import type { Value } from '../builder.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { type Shape, showShape } from '../shapes.ts';
import { pad } from './pad.ts';

export type SliceAttributes = {
  readonly begin: readonly number[];
  /** The shape of the result: elements taken, not elements passed over. */
  readonly size: readonly number[];
  readonly strides: readonly number[];
};

const definition: Primitive<SliceAttributes> = {
  name: 'slice',
  summary: 'size elements along each axis from begin on, every strides-th',
  family: 'move',
  infer([x], { begin, size, strides }) {
    const rank = x!.shape.length;
    const fits =
      [begin, size, strides].every((list) => list.length === rank) &&
      x!.shape.every(
        (whole, axis) =>
          begin[axis]! >= 0 &&
          size[axis]! >= 1 &&
          strides[axis]! >= 1 &&
          begin[axis]! + (size[axis]! - 1) * strides[axis]! < whole,
      );
    if (!fits) {
      throw new ProgramError(
        `slice of ${showShape(x!.shape)} from ${showShape(begin)}, ${showShape(size)} elements, strides ${showShape(strides)}`,
      );
    }
    return { shape: size, dtype: x!.dtype };
  },
  gradient: ({ inputs: [x], attributes: { begin, size, strides }, needed }, d) => [
    needed[0]
      ? pad(d, {
          before: begin,
          after: x!.shape.map((whole, axis) => whole - begin[axis]! - (size[axis]! - 1) * strides[axis]! - 1),
          interior: strides.map((stride) => stride - 1),
        })
      : null,
  ],
  flops: () => 0,
  examples: [
    { inputs: [[4, 5]], attributes: { begin: [1, 0], size: [2, 5], strides: [1, 1] } },
    { inputs: [[4, 5]], attributes: { begin: [0, 1], size: [2, 2], strides: [2, 3] } },
  ],
};

/** `size` elements along each axis from `begin` on, every `strides`-th (each one when left out). */
export const slice = callable(
  definition,
  (x: Value, begin: Shape, size: Shape, strides: Shape = size.map(() => 1)): Value =>
    x.builder.apply(definition, [x], { begin, size, strides }),
);
