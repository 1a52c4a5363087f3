import type { Value } from '../builder.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { normalizeAxis, showShape } from '../shapes.ts';
import { slice } from './slice.ts';

export type ConcatAttributes = { readonly axis: number };

const definition: Primitive<ConcatAttributes> = {
  name: 'concat',
  summary: 'the inputs one after the other along axis',
  family: 'move',
  infer(inputs, { axis }) {
    const [first] = inputs;
    if (!first) throw new ProgramError('concat of nothing');
    const at = normalizeAxis('concat', first.shape.length, axis);
    for (const { shape, dtype } of inputs) {
      const fits =
        dtype === first.dtype &&
        shape.length === first.shape.length &&
        shape.every((size, other) => other === at || size === first.shape[other]);
      if (!fits) {
        const shapes = inputs.map((input) => `${input.dtype} ${showShape(input.shape)}`).join(', ');
        throw new ProgramError(`concat along axis ${axis} of ${shapes}`);
      }
    }
    const size = inputs.reduce((total, { shape }) => total + shape[at]!, 0);
    return { shape: first.shape.with(at, size), dtype: first.dtype };
  },
  gradient({ inputs, attributes: { axis }, needed }, d) {
    let offset = 0;
    return inputs.map((input, index) => {
      const begin = d.shape.map((_, other) => (other === axis ? offset : 0));
      offset += input.shape[axis]!;
      return needed[index] ? slice(d, begin, input.shape) : null;
    });
  },
  flops: () => 0,
  examples: [
    {
      inputs: [
        [2, 3],
        [2, 1],
        [2, 2],
      ],
      attributes: { axis: 1 },
    },
    {
      inputs: [
        [1, 3],
        [2, 3],
      ],
      attributes: { axis: 0 },
    },
  ],
};

/** The inputs one after the other along an axis (negative counts from the end); a single one as it is. */
export const concat = callable(definition, (inputs: readonly Value[], axis: number): Value => {
  const [first] = inputs;
  if (!first) throw new ProgramError('concat of nothing');
  if (inputs.length === 1) return first;
  return first.builder.apply(definition, inputs, { axis: normalizeAxis('concat', first.shape.length, axis) });
});
