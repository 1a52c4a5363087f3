import type { Value } from '../builder.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { type Shape, sameShape, showShape } from '../shapes.ts';

export type ReshapeAttributes = { readonly shape: Shape };

const definition: Primitive<ReshapeAttributes> = {
  name: 'reshape',
  summary: 'the same elements in row-major order under another shape',
  family: 'move',
  infer([x], { shape }) {
    if (sizeOf(x!.shape) !== sizeOf(shape)) {
      throw new ProgramError(
        `reshape of ${showShape(x!.shape)} (${sizeOf(x!.shape)} numbers) to ${showShape(shape)} (${sizeOf(shape)})`,
      );
    }
    return { shape, dtype: x!.dtype };
  },
  gradient: ({ inputs: [x], needed }, d) => [needed[0] ? reshape(d, x!.shape) : null],
  flops: () => 0,
  examples: [
    { inputs: [[2, 6]], attributes: { shape: [3, 4] } },
    { inputs: [[]], attributes: { shape: [1, 1] } },
  ],
};

/** The same elements in row-major order under another shape; x itself when it has that shape already. */
export const reshape = callable(
  definition,
  (x: Value, shape: Shape): Value =>
    sameShape(x.shape, shape) ? x : x.builder.apply(definition, [x], { shape }),
);
