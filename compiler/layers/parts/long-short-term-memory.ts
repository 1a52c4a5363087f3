import type { Argument } from '../../arguments/argument.ts';
import * as t from '../../tensor/index.ts';
import type { RecurrentWords } from './recurrence.ts';

export const forgetBiasArgument: Argument = {
  name: 'forget_bias',
  kind: 'number',
  summary: 'added to the forget gate, so that at first the memory is kept',
  default: 1,
};

/** The cell of lstm and conv_lstm: gates input, forget, new and output. */
export const longShortTermMemory: RecurrentWords['step'] = ({ hidden, memory }, given, hold, args) => {
  const held = hold(hidden);
  const [input, forget, fresh, output] = given.map((value, gate) => t.add(value, held[gate]!));
  const kept = t.mul(memory, t.sigmoid(t.add(forget!, args.number('forget_bias'))));
  const next = t.add(kept, t.mul(t.sigmoid(input!), t.tanh(fresh!)));
  return { memory: next, hidden: t.mul(t.sigmoid(output!), t.tanh(next)) };
};
