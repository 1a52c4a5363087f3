import type { Value } from '../builder.ts';
import { callable, type Primitive } from '../primitive.ts';
import { type DType, sizeOf } from '../program.ts';

export type CastAttributes = { readonly dtype: DType };

const definition: Primitive<CastAttributes> = {
  name: 'cast',
  summary: 'the same numbers as another kind: dtype f32, i32 (toward zero) or bool (not 0)',
  family: 'elementwise',
  infer: ([x], { dtype }) => ({ shape: x!.shape, dtype }),
  gradient: ({ output, needed }, d) => [needed[0] && output.dtype === 'f32' ? d : null],
  flops: (_inputs, output) => sizeOf(output.shape),
  examples: [
    { inputs: [[2, 3]], attributes: { dtype: 'f32' }, dtypes: ['bool'] },
    { inputs: [[2, 3]], attributes: { dtype: 'f32' }, dtypes: ['i32'], below: 5 },
    { inputs: [[2, 3]], attributes: { dtype: 'i32' }, range: [-3, 3] },
  ],
};

/** The same numbers as another kind: true is 1, and f32 is cut off toward zero on its way to i32. */
export const cast = callable(
  definition,
  (x: Value, dtype: DType): Value => (x.dtype === dtype ? x : x.builder.apply(definition, [x], { dtype })),
);
