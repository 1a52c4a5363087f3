import { optimizers } from '../../compiler/optimizers/index.ts';
import * as t from '../../compiler/tensor/index.ts';
import { verify } from '../../compiler/tensor/verify.ts';
import { readCall } from '../layers/written-call.ts';
import { interpret } from '../reference/interpreter.ts';

/** The weight after each of several updates by an optimizer, with the gradients given. */
export function trajectory(call: string, start: number, gradients: readonly number[]): number[] {
  const { definition, args } = readCall(call, optimizers);
  const builder = new t.Builder('update');
  const state = (path: string) => t.state(builder, { path, shape: [1], dtype: 'f32', role: 'slot' });
  const scalar = (name: string) =>
    t.input(builder, { name, shape: [], dtype: 'f32', from: { kind: 'count' } });
  const names = definition.slots(new Map([...args.entries()]));
  const moved = definition.update({
    weight: state('weight'),
    gradient: t.reshape(scalar('gradient'), [1]),
    slots: Object.fromEntries(names.map((name) => [name, state(name)])),
    option: (name) => t.constant(builder, args.number(name)),
    flag: (name) => args.boolean(name),
    count: scalar('count'),
  });
  builder.assign('weight', moved.weight);
  for (const name of names) builder.assign(name, moved.slots[name]!);
  const program = builder.finish();
  verify(program);

  let now: Readonly<Record<string, ArrayLike<number>>> = {
    weight: [start],
    ...Object.fromEntries(names.map((name) => [name, [0]])),
  };
  return gradients.map((gradient, index) => {
    now = interpret(program, { gradient: [gradient], count: [index + 1] }, now).state;
    return now.weight![0]!;
  });
}
