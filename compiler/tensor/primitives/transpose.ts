import type { Value } from '../builder.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { showShape } from '../shapes.ts';

export type TransposeAttributes = { readonly perm: readonly number[] };

const definition: Primitive<TransposeAttributes> = {
  name: 'transpose',
  summary: 'axis i of the result is axis perm[i] of x',
  family: 'move',
  infer([x], { perm }) {
    const sorted = [...perm].sort((a, b) => a - b);
    if (perm.length !== x!.shape.length || !sorted.every((axis, index) => axis === index)) {
      throw new ProgramError(`transpose of ${showShape(x!.shape)} by ${showShape(perm)}`);
    }
    return { shape: perm.map((axis) => x!.shape[axis]!), dtype: x!.dtype };
  },
  gradient: ({ attributes: { perm }, needed }, d) => [
    needed[0]
      ? transpose(
          d,
          perm.map((_, axis) => perm.indexOf(axis)),
        )
      : null,
  ],
  flops: () => 0,
  examples: [
    { inputs: [[2, 3]], attributes: { perm: [1, 0] } },
    { inputs: [[2, 3, 4]], attributes: { perm: [2, 0, 1] } },
  ],
};

/** Axes in another order: axis i of the result is axis perm[i] of x; all axes reversed when none is given. */
export const transpose = callable(
  definition,
  (x: Value, perm: readonly number[] = x.shape.map((_, axis) => x.shape.length - 1 - axis)): Value =>
    x.builder.apply(definition, [x], { perm }),
);
