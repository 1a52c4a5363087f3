import { functions } from '../../compiler/functions/index.ts';
import { layers } from '../../compiler/layers/index.ts';
import { Builder, input } from '../../compiler/tensor/index.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';
import { applied, weightsOf } from './applied.ts';
import { readCall } from './written-call.ts';

export interface Run {
  readonly training?: boolean;
  /** By name; drawn from [-1, 1] otherwise. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
}

/** What a layer gives for tensors with a batch axis; and what it assigned to its statistics. */
export function run(
  call: string,
  tensors: readonly { readonly shape: readonly number[]; readonly data: ArrayLike<number> }[],
  { training = true, weights = {} }: Run = {},
): { y: number[]; assigned: Record<string, number[]>; weight: (name: string) => number[] } {
  const { definition, args } = readCall(call, [...layers, ...functions]);
  const example = { call, inputs: tensors.map(({ shape }) => shape.slice(1)), output: [] };
  const declared = weightsOf(definition, args, example);
  const builder = new Builder('run');
  const numbers: Record<string, ArrayLike<number>> = {};
  const value = (name: string, shape: readonly number[], data: ArrayLike<number>) => {
    numbers[name] = data;
    return input(builder, { name, shape, dtype: 'f32', from: { kind: 'count' } });
  };
  const values = [
    ...tensors.map(({ shape, data }, at) => value(`x${at}`, shape, data)),
    ...declared.map(({ name, shape }, at) =>
      value(name, shape, weights[name] ?? draw({ shape }, 20 + at).data),
    ),
  ];
  const names: string[] = [];
  const result = applied(definition, args, declared, values, builder, {
    training,
    assign(name, next) {
      names.push(name);
      builder.output(name, next);
    },
  });
  builder.output('y', result);
  const { y, ...rest } = interpret(builder.finish(), numbers).outputs;
  return {
    y: [...y!],
    assigned: Object.fromEntries(names.map((name) => [name, [...rest[name]!]])),
    weight: (name) => Array.from(numbers[name]!),
  };
}

/** One picture, of given numbers or drawn. */
export const image = (height: number, width: number, channels = 1, data?: readonly number[]) => {
  const shape = [1, height, width, channels];
  return { shape, data: data ?? [...draw({ shape }, 3).data] };
};
export const counting = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
