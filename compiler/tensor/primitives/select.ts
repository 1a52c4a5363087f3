import { sumTo } from '../broadcasting.ts';
import type { Value } from '../builder.ts';
import { lift, NONE, type NoAttributes, type Operand } from '../elementwise.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { broadcastShapes } from '../shapes.ts';

const definition: Primitive<NoAttributes> = {
  name: 'select',
  summary: 'x where the condition holds, y elsewhere',
  family: 'elementwise',
  infer([condition, x, y]) {
    if (condition!.dtype !== 'bool') throw new ProgramError(`select takes a bool, not ${condition!.dtype}`);
    if (x!.dtype !== y!.dtype) throw new ProgramError(`select mixes ${x!.dtype} and ${y!.dtype}`);
    return { shape: broadcastShapes('select', condition!.shape, x!.shape, y!.shape), dtype: x!.dtype };
  },
  gradient: ({ inputs: [condition, x, y], needed }, d) => [
    null,
    needed[1] ? sumTo(select(condition!, d, 0), x!.shape) : null,
    needed[2] ? sumTo(select(condition!, 0, d), y!.shape) : null,
  ],
  flops: (_inputs, output) => sizeOf(output.shape),
  examples: [
    {
      inputs: [
        [2, 3],
        [2, 3],
        [2, 3],
      ],
      attributes: NONE,
      dtypes: ['bool', 'f32', 'f32'],
    },
    { inputs: [[2, 1], [3], []], attributes: NONE, dtypes: ['bool', 'f32', 'f32'] },
  ],
};

/** x where the condition holds, y elsewhere; all three broadcast. The one not chosen may be NaN. */
export const select = callable(definition, (condition: Value, x: Operand, y: Operand): Value => {
  const dtype = typeof x === 'number' ? (typeof y === 'number' ? 'f32' : y.dtype) : x.dtype;
  return condition.builder.apply(definition, lift('select', [condition, x, y], dtype), NONE);
});
