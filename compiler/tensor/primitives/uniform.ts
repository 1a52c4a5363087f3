import type { Value } from '../builder.ts';
import { callable, type Primitive } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { inferRandom, type RandomAttributes } from '../random-attributes.ts';
import type { Shape } from '../shapes.ts';

const definition: Primitive<RandomAttributes> = {
  name: 'uniform',
  summary: 'numbers spread evenly over [0, 1), from key (i32[4]) and place',
  family: 'random',
  flat: true,
  infer: ([key], attributes) => inferRandom('uniform', key!, attributes),
  gradient: () => [null],
  flops: (_inputs, output) => sizeOf(output.shape),
  examples: [{ inputs: [[4]], attributes: { shape: [2, 3], place: 7 }, dtypes: ['i32'], below: 9 }],
};

/**
 * Numbers spread evenly over [0, 1): the same for the same key and place, unrelated for
 * any other. `place` is `placeOf(path)`; two uses of one place in a program give the same numbers.
 */
export const uniform = callable(
  definition,
  (key: Value, shape: Shape, place: number): Value => key.builder.apply(definition, [key], { shape, place }),
);
