import type { Builder, Value } from '../builder.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { type DType, sizeOf } from '../program.ts';
import { type Shape, showShape } from '../shapes.ts';

/** Either `value`, which every element has, or `data`, one number per element in row-major order. */
export type ConstantAttributes = {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly value?: number;
  readonly data?: readonly number[];
};

const definition: Primitive<ConstantAttributes> = {
  name: 'constant',
  summary: 'numbers known when the program is built: value for all elements, or data for each',
  family: 'boundary',
  infer(_inputs, { shape, dtype, value, data }) {
    const numbers = data ?? [value ?? Number.NaN];
    if (!numbers.every(Number.isFinite)) throw new ProgramError('constant must be made of finite numbers');
    if (data && data.length !== sizeOf(shape)) {
      throw new ProgramError(`constant of shape ${showShape(shape)} was given ${data.length} numbers`);
    }
    return { shape, dtype };
  },
  gradient: () => [],
  flops: () => 0,
  examples: [
    { inputs: [], attributes: { shape: [2, 2], dtype: 'f32', value: 3 } },
    { inputs: [], attributes: { shape: [3], dtype: 'i32', data: [0, 2, 1] } },
  ],
};

/** A tensor known when the program is built: one number for all elements, or a list with one for each. */
export const constant = callable(
  definition,
  (builder: Builder, content: number | readonly number[], shape: Shape = [], dtype: DType = 'f32'): Value =>
    builder.apply(
      definition,
      [],
      typeof content === 'number' ? { shape, dtype, value: content } : { shape, dtype, data: content },
    ),
);
