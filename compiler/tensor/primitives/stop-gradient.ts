import type { Value } from '../builder.ts';
import { NONE, type NoAttributes } from '../elementwise.ts';
import { callable, type Primitive } from '../primitive.ts';

const definition: Primitive<NoAttributes> = {
  name: 'stop_gradient',
  summary: 'x, taken as constant by whoever differentiates',
  family: 'boundary',
  flat: true,
  infer: ([x]) => ({ shape: x!.shape, dtype: x!.dtype }),
  gradient: () => [null],
  flops: () => 0,
  examples: [{ inputs: [[2, 3]], attributes: {} }],
};

/** x itself, which differentiation takes as constant. */
export const stopGradient = callable(definition, (x: Value): Value => x.builder.apply(definition, [x], NONE));
