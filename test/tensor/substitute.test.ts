import { expect, test } from 'vitest';
import * as t from '../../compiler/tensor/index.ts';
import { expectClose } from '../reference/close.ts';
import { interpret } from '../reference/interpreter.ts';

function twoInputs() {
  const builder = new t.Builder('test');
  const [x, y] = ['x', 'y'].map((name) =>
    t.input(builder, { name, shape: [2], dtype: 'f32', from: { kind: 'count' } }),
  );
  return { builder, x: x!, y: y! };
}

const numbers = { x: [0.5, -2], y: [3, 0.25] };

test('values are as if another stood in the place of one that they rest on, gradients of it too', () => {
  const { builder, x, y } = twoInputs();
  const loss = t.sum(t.mul(t.exp(x), t.sin(y)));
  const [slope] = t.gradients(loss, [x]);
  const [there, slopeThere] = t.substitute([loss, slope!], new Map([[x.id, t.mul(x, y)]]));
  builder.output('there', there!);
  builder.output('slope', slopeThere!);
  const { outputs } = interpret(builder.finish(), numbers);
  const expected = numbers.x.map((value, at) => Math.exp(value * numbers.y[at]!) * Math.sin(numbers.y[at]!));
  expectClose(outputs.there!, [expected[0]! + expected[1]!]);
  expectClose(outputs.slope!, expected);
});

test('what does not rest on it is not written again, random numbers least of all', () => {
  const { builder, x, y } = twoInputs();
  const key = t.constant(builder, [1, 0, 0, 0], [4], 'i32');
  const noise = t.mul(t.exp(y), t.normal(key, [2], 7));
  const sum = t.add(x, noise);
  const before = builder.nodes.length;
  const [there] = t.substitute([sum], new Map([[x.id, y]]));
  expect(builder.nodes.slice(before).map(({ op, inputs }) => [op, inputs])).toEqual([
    ['add', [y.id, noise.id]],
  ]);
  expect(t.substitute([noise, x], new Map([[x.id, y]]))).toEqual([noise, y]);
  expect(t.substitute([there!], new Map([[x.id, y]]))).toEqual([there]);
});

test('only what has the same shape can stand in the place of another', () => {
  const { builder, x } = twoInputs();
  expect(() => t.substitute([x], new Map([[x.id, t.constant(builder, 1)]]))).toThrow(
    '[] cannot stand in the place of [2]',
  );
});
