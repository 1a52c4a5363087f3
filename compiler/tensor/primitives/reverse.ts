import type { Value } from '../builder.ts';
import { callable, type Primitive } from '../primitive.ts';
import { normalizeAxes } from '../shapes.ts';

export type ReverseAttributes = { readonly axes: readonly number[] };

const definition: Primitive<ReverseAttributes> = {
  name: 'reverse',
  summary: 'x with the order of its elements turned round along axes',
  family: 'move',
  infer([x], { axes }) {
    normalizeAxes('reverse', x!.shape.length, axes);
    return { shape: x!.shape, dtype: x!.dtype };
  },
  gradient: ({ attributes: { axes }, needed }, d) => [needed[0] ? reverse(d, axes) : null],
  flops: () => 0,
  examples: [
    { inputs: [[2, 3]], attributes: { axes: [1] } },
    { inputs: [[2, 3, 2]], attributes: { axes: [0, 2] } },
  ],
};

/** x with the order of its elements turned round along some axes. */
export const reverse = callable(
  definition,
  (x: Value, axes: number | readonly number[]): Value =>
    x.builder.apply(definition, [x], { axes: normalizeAxes('reverse', x.shape.length, axes) }),
);
