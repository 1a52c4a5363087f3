import type { Builder, Value } from '../builder.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import type { DType, ProgramInput } from '../program.ts';
import { type Shape, sameShape, showShape } from '../shapes.ts';

export type InputAttributes = { readonly name: string; readonly shape: Shape; readonly dtype: DType };

const definition: Primitive<InputAttributes> = {
  name: 'input',
  summary: 'what the caller hands over under name at every run',
  family: 'boundary',
  infer: (_inputs, { shape, dtype }) => ({ shape, dtype }),
  gradient: () => [],
  flops: () => 0,
  examples: [],
};

/**
 * What the caller hands over at every run. Asking for the same name again gives the same value; asking with
 * another shape or kind is an error.
 */
export const input = callable(definition, (builder: Builder, description: ProgramInput): Value => {
  const { name, shape, dtype } = description;
  const known = builder.inputs.find((other) => other.name === name);
  if (!known) builder.inputs.push(description);
  else if (known.dtype !== dtype || !sameShape(known.shape, shape)) {
    throw new ProgramError(
      `input ${name} is ${known.dtype} ${showShape(known.shape)} and ${dtype} ${showShape(shape)} as well`,
    );
  }
  return builder.once(`input ${name}`, () => builder.apply(definition, [], { name, shape, dtype }));
});
