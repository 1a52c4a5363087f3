import type { Primitive, PrimitiveExample } from '../../compiler/tensor/primitive.ts';
import { primitivesByName } from '../../compiler/tensor/registry.ts';
import type { Drawn } from '../reference/draw.ts';

export interface NamedExample {
  readonly title: string;
  readonly primitive: Primitive;
  readonly example: PrimitiveExample;
  /** How to draw the inputs. */
  readonly inputs: readonly Drawn[];
}

/** Every example of every primitive: a new primitive is tested by having a file and its line in the index. */
export const primitiveExamples: readonly NamedExample[] = [...primitivesByName().values()].flatMap(
  (primitive) =>
    primitive.examples.map((example, number) => ({
      title: `${primitive.name} ${number}: ${JSON.stringify(example.inputs)}`,
      primitive,
      example,
      inputs: example.inputs.map((shape, index) => ({
        shape,
        dtype: example.dtypes?.[index] ?? ('f32' as const),
        ...(example.range && { range: example.range }),
        ...(example.below && { below: example.below }),
      })),
    })),
);
