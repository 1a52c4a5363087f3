import { sumTo } from '../broadcasting.ts';
import type { Value } from '../builder.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { broadcastShapes, type Shape, sameShape, showShape } from '../shapes.ts';

export type BroadcastAttributes = { readonly shape: Shape };

const definition: Primitive<BroadcastAttributes> = {
  name: 'broadcast',
  summary: 'x repeated along new axes at the front and along axes of size 1',
  family: 'move',
  infer([x], { shape }) {
    if (!sameShape(broadcastShapes('broadcast', x!.shape, shape), shape)) {
      throw new ProgramError(`broadcast of ${showShape(x!.shape)} to ${showShape(shape)}`);
    }
    return { shape, dtype: x!.dtype };
  },
  gradient: ({ inputs: [x], needed }, d) => [needed[0] ? sumTo(d, x!.shape) : null],
  flops: () => 0,
  examples: [
    { inputs: [[3]], attributes: { shape: [2, 3] } },
    { inputs: [[2, 1, 3]], attributes: { shape: [2, 4, 3] } },
    { inputs: [[]], attributes: { shape: [2, 2] } },
    { inputs: [[2, 1, 2, 1, 2, 1, 2]], attributes: { shape: [2, 2, 2, 3, 2, 2, 2] } },
  ],
};

/** x repeated along new axes at the front and along axes of size 1, as NumPy does. */
export const broadcast = callable(
  definition,
  (x: Value, shape: Shape): Value => x.builder.apply(definition, [x], { shape }),
);
