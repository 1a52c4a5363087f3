import type { Arguments } from '../arguments/arguments.ts';
import type { WeightDeclaration } from '../layers/layer.ts';
import { sizeOf } from '../tensor/index.ts';
import type { Constraint } from './constraint.ts';
import { constraints } from './index.ts';

/** How one weight is held. */
export interface Hold {
  readonly constraint: Constraint;
  readonly args: Arguments;
  readonly outputAxis: number;
  /** The shape of the weight as a matrix, one column per output. */
  readonly matrix: readonly [rows: number, columns: number];
}

/** Null for a weight that is held by nothing. */
export function holdOf({ constraint: call, shape, ...weight }: WeightDeclaration): Hold | null {
  if (!call) return null;
  const outputAxis = weight.outputAxis ?? shape.length - 1;
  const columns = shape[outputAxis]!;
  return {
    constraint: constraints.find(({ name }) => name === call.name)!,
    args: call.arguments,
    outputAxis,
    matrix: [sizeOf(shape) / columns, columns],
  };
}

/** The weight itself and what its constraint trains beside it: `kernel`, `kernel/weight_norm/length`. */
export function withTrained(weight: WeightDeclaration): readonly WeightDeclaration[] {
  const hold = holdOf(weight);
  const beside = hold?.constraint.trained?.(hold.matrix) ?? [];
  return [
    weight,
    ...beside.map(({ name, shape }): WeightDeclaration => {
      const path = `${weight.name}/${hold!.constraint.name}/${name}`;
      return { name: path, shape, kind: 'weight', initial: { kind: 'beside' } };
    }),
  ];
}
