import { broadcastTo, restoreAxes } from '../broadcasting.ts';
import type { Value } from '../builder.ts';
import { callable, type Primitive } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { inferReduction, type ReductionAttributes, reductionExamples } from '../reduction.ts';
import { normalizeAxes } from '../shapes.ts';

const definition: Primitive<ReductionAttributes> = {
  name: 'sum',
  summary: 'sum over axes; keep leaves them with size 1',
  family: 'reduce',
  infer: ([x], attributes) => inferReduction('sum', x!, attributes),
  gradient: ({ inputs: [x], attributes, needed }, d) => [
    needed[0] ? broadcastTo(restoreAxes(d, x!.shape, attributes.axes), x!.shape) : null,
  ],
  flops: ([x]) => sizeOf(x!.shape),
  examples: reductionExamples,
};

/** The sum over some axes, all of them when none are named; `keep` leaves them with size 1. */
export const sum = callable(
  definition,
  (x: Value, axes?: number | readonly number[], keep = false): Value =>
    x.builder.apply(definition, [x], { axes: normalizeAxes('sum', x.shape.length, axes), keep }),
);
