import type { Value } from '../builder.ts';
import { NONE, type NoAttributes } from '../elementwise.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { showShape } from '../shapes.ts';
import { scatterAdd } from './scatter-add.ts';

const definition: Primitive<NoAttributes> = {
  name: 'gather',
  summary: 'the rows of a table (axis 0) that the i32 indices name',
  family: 'move',
  infer([table, indices]) {
    if (table!.shape.length === 0 || indices!.dtype !== 'i32') {
      throw new ProgramError(
        `gather from ${showShape(table!.shape)} by ${indices!.dtype} ${showShape(indices!.shape)}`,
      );
    }
    return { shape: [...indices!.shape, ...table!.shape.slice(1)], dtype: table!.dtype };
  },
  gradient: ({ inputs: [table, indices], needed }, d) => [
    needed[0] ? scatterAdd(indices!, d, table!.shape[0]!) : null,
    null,
  ],
  flops: () => 0,
  examples: [
    { inputs: [[4, 3], [5]], attributes: NONE, dtypes: ['f32', 'i32'], below: 4 },
    { inputs: [[3], [2, 2]], attributes: NONE, dtypes: ['f32', 'i32'], below: 3 },
  ],
};

/** The rows of a table that the indices name: shape of the indices, then that of a row. */
export const gather = callable(
  definition,
  (table: Value, indices: Value): Value => table.builder.apply(definition, [table, indices], NONE),
);
