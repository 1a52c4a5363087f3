import type { Value } from '../builder.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { greater } from './greater.ts';
import { select } from './select.ts';

export type StepAttributes = { readonly low: number };

const definition: Primitive<StepAttributes> = {
  name: 'step',
  summary: '1 where x is positive, low elsewhere',
  family: 'composite',
  flat: true,
  infer([x]) {
    if (x!.dtype !== 'f32') throw new ProgramError(`step takes no ${x!.dtype}`);
    return { shape: x!.shape, dtype: 'f32' };
  },
  gradient: () => [null],
  decompose: ([x], { low }) => select(greater(x!, 0), 1, low),
  flops: (_inputs, output) => sizeOf(output.shape),
  examples: [
    { inputs: [[2, 3]], attributes: { low: 0 } },
    { inputs: [[2, 3]], attributes: { low: 0.2 } },
  ],
};

/** 1 where x is positive, `low` elsewhere: the slope of relu (low 0) and of leaky_relu. */
export const step = callable(
  definition,
  (x: Value, low = 0): Value => x.builder.apply(definition, [x], { low }),
);
