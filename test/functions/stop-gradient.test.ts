import { expect, test } from 'vitest';
import { stopGradient } from '../../compiler/functions/stop-gradient.ts';
import * as t from '../../compiler/tensor/index.ts';
import { applied } from '../layers/applied.ts';
import { readCall } from '../layers/written-call.ts';
import { interpret } from '../reference/interpreter.ts';

test('stop_gradient gives its numbers on and its slope not', () => {
  const builder = new t.Builder('stopped');
  const x = t.input(builder, { name: 'x', shape: [2], dtype: 'f32', from: { kind: 'count' } });
  const { args } = readCall('stop_gradient', [stopGradient]);
  const stopped = applied(stopGradient, args, [], [x], builder);
  builder.output('value', stopped);
  builder.output('slope', t.gradients(t.sum(t.mul(x, stopped)), [x])[0]!);
  const { value, slope } = interpret(builder.finish(), { x: [3, -2] }).outputs;
  // d(x · c)/dx = c, where without the stop it would be 2x.
  expect([...value!]).toEqual([3, -2]);
  expect([...slope!]).toEqual([3, -2]);
});
