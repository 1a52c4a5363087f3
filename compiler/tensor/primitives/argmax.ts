import type { Value } from '../builder.ts';
import { callable, type Primitive } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { normalizeAxis } from '../shapes.ts';

export type ArgmaxAttributes = { readonly axis: number };

const definition: Primitive<ArgmaxAttributes> = {
  name: 'argmax',
  summary: 'where along axis the largest value is, the first of equals, as i32',
  family: 'reduce',
  flat: true,
  infer([x], { axis }) {
    const at = normalizeAxis('argmax', x!.shape.length, axis);
    return { shape: x!.shape.filter((_, other) => other !== at), dtype: 'i32' };
  },
  gradient: () => [null],
  flops: ([x]) => sizeOf(x!.shape),
  examples: [
    { inputs: [[2, 3]], attributes: { axis: 1 } },
    { inputs: [[4, 3]], attributes: { axis: 0 } },
  ],
};

/** The place of the largest value along an axis (negative counts from the end), the first of equals. */
export const argmax = callable(
  definition,
  (x: Value, axis: number): Value =>
    x.builder.apply(definition, [x], { axis: normalizeAxis('argmax', x.shape.length, axis) }),
);
