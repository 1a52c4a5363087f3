import type { Value } from '../builder.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { sameShape, showShape } from '../shapes.ts';
import { gather } from './gather.ts';

export type ScatterAddAttributes = { readonly rows: number };

const definition: Primitive<ScatterAddAttributes> = {
  name: 'scatter_add',
  summary: 'a table of rows rows in which every update is added to the row that its i32 index names',
  family: 'move',
  infer([indices, updates], { rows }) {
    const rank = indices!.shape.length;
    if (indices!.dtype !== 'i32' || !sameShape(updates!.shape.slice(0, rank), indices!.shape)) {
      throw new ProgramError(
        `scatter_add of ${showShape(updates!.shape)} by ${indices!.dtype} ${showShape(indices!.shape)}`,
      );
    }
    return { shape: [rows, ...updates!.shape.slice(rank)], dtype: updates!.dtype };
  },
  gradient: ({ inputs: [indices], needed }, d) => [null, needed[1] ? gather(d, indices!) : null],
  flops: ([, updates]) => sizeOf(updates!.shape),
  examples: [
    { inputs: [[5], [5, 3]], attributes: { rows: 4 }, dtypes: ['i32', 'f32'], below: 4 },
    {
      inputs: [
        [2, 2],
        [2, 2],
      ],
      attributes: { rows: 3 },
      dtypes: ['i32', 'f32'],
      below: 3,
    },
  ],
};

/** A table of `rows` rows, zero but for the updates, each added to the row that its index names. */
export const scatterAdd = callable(
  definition,
  (indices: Value, updates: Value, rows: number): Value =>
    updates.builder.apply(definition, [indices, updates], { rows }),
);
