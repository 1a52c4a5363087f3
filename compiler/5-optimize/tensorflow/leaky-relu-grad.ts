import type { Value } from '../../tensor/builder.ts';
import { callable, type Primitive, ProgramError } from '../../tensor/primitive.ts';
import { mul } from '../../tensor/primitives/mul.ts';
import { step } from '../../tensor/primitives/step.ts';
import { sizeOf } from '../../tensor/program.ts';
import { sameShape } from '../../tensor/shapes.ts';

type LeakyReluGradAttributes = { readonly slope: number };

const definition: Primitive<LeakyReluGradAttributes> = {
  name: 'leaky_relu_grad',
  summary: 'd where x is positive, slope * d elsewhere',
  family: 'composite',
  infer([d, x]) {
    if (!sameShape(d!.shape, x!.shape)) throw new ProgramError('leaky_relu_grad wants two equal shapes');
    return { shape: x!.shape, dtype: 'f32' };
  },
  gradient: ({ inputs: [, x], attributes: { slope } }, d) => [mul(d, step(x!, slope)), null],
  decompose: ([d, x], { slope }) => mul(d!, step(x!, slope)),
  flops: (_inputs, output) => sizeOf(output.shape),
  examples: [
    {
      inputs: [
        [2, 3],
        [2, 3],
      ],
      attributes: { slope: 0.2 },
    },
  ],
};

/** d where x is positive, slope · d elsewhere: one kernel of TensorFlow, for relu (slope 0) and leaky_relu. */
export const leakyReluGrad = callable(
  definition,
  (d: Value, x: Value, slope: number): Value => d.builder.apply(definition, [d, x], { slope }),
);
