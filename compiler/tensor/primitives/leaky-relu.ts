import type { Value } from '../builder.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { greater } from './greater.ts';
import { mul } from './mul.ts';
import { select } from './select.ts';
import { step } from './step.ts';

export type LeakyReluAttributes = { readonly slope: number };

const definition: Primitive<LeakyReluAttributes> = {
  name: 'leaky_relu',
  summary: 'x where it is positive, slope * x elsewhere',
  family: 'composite',
  infer([x]) {
    if (x!.dtype !== 'f32') throw new ProgramError(`leaky_relu takes no ${x!.dtype}`);
    return { shape: x!.shape, dtype: x!.dtype };
  },
  gradient({ inputs: [x], output, attributes: { slope }, needed }, d) {
    if (!needed[0]) return [null];
    // The result has the sign of x, and the next layer needs it anyway, so that x can be freed.
    const signed = slope >= 0 ? output : x!;
    return [mul(d, step(signed, slope))];
  },
  decompose: ([x], { slope }) => select(greater(x!, 0), x!, mul(x!, slope)),
  flops: (_inputs, output) => 2 * sizeOf(output.shape),
  examples: [
    { inputs: [[2, 3]], attributes: { slope: 0.2 } },
    { inputs: [[2, 3]], attributes: { slope: -0.5 } },
  ],
};

/** x where it is positive, slope · x elsewhere; the gradient at 0 is the slope. */
export const leakyRelu = callable(
  definition,
  (x: Value, slope = 0.2): Value => x.builder.apply(definition, [x], { slope }),
);
