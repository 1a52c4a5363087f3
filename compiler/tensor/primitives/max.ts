import { restoreAxes } from '../broadcasting.ts';
import type { Value } from '../builder.ts';
import { callable, type Primitive } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { inferReduction, type ReductionAttributes, reductionExamples } from '../reduction.ts';
import { normalizeAxes } from '../shapes.ts';
import { cast } from './cast.ts';
import { div } from './div.ts';
import { equal } from './equal.ts';
import { mul } from './mul.ts';
import { sum } from './sum.ts';

const definition: Primitive<ReductionAttributes> = {
  name: 'max',
  summary: 'largest value over axes; keep leaves them with size 1',
  family: 'reduce',
  infer: ([x], attributes) => inferReduction('max', x!, attributes),
  gradient({ inputs: [x], output, attributes: { axes }, needed }, d) {
    if (!needed[0]) return [null];
    const isLargest = cast(equal(x!, restoreAxes(output, x!.shape, axes)), 'f32');
    const share = div(restoreAxes(d, x!.shape, axes), sum(isLargest, axes, true));
    return [mul(isLargest, share)];
  },
  flops: ([x]) => sizeOf(x!.shape),
  examples: reductionExamples,
};

/** The largest value over some axes, all of them when none are named. Equal ones share the gradient. */
export const max = callable(
  definition,
  (x: Value, axes?: number | readonly number[], keep = false): Value =>
    x.builder.apply(definition, [x], { axes: normalizeAxes('max', x.shape.length, axes), keep }),
);
