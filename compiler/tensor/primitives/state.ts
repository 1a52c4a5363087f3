import type { Builder, Value } from '../builder.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import type { DType, StateVariable } from '../program.ts';
import { type Shape, sameShape, showShape } from '../shapes.ts';

export type StateAttributes = { readonly path: string; readonly shape: Shape; readonly dtype: DType };

const definition: Primitive<StateAttributes> = {
  name: 'state',
  summary: 'the tensor that the engine keeps under path, as it was before this run',
  family: 'boundary',
  infer: (_inputs, { shape, dtype }) => ({ shape, dtype }),
  gradient: () => [],
  flops: () => 0,
  examples: [],
};

/**
 * The tensor that the engine keeps under a path, as it was before this run. Reading a path again gives the same
 * value, so that its gradient gathers every use; reading it with another shape or kind is an error.
 */
export const state = callable(definition, (builder: Builder, variable: StateVariable): Value => {
  const { path, shape, dtype } = variable;
  const known = builder.state.get(path);
  if (known && (known.dtype !== dtype || !sameShape(known.shape, shape))) {
    throw new ProgramError(
      `state ${path} is ${known.dtype} ${showShape(known.shape)} and ${dtype} ${showShape(shape)} as well`,
    );
  }
  builder.state.set(path, variable);
  return builder.once(`state ${path}`, () => builder.apply(definition, [], { path, shape, dtype }));
});
