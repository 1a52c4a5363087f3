import { expect, test } from 'vitest';
import { optimizeProgram } from '../../compiler/5-optimize/optimize.ts';
import * as t from '../../compiler/tensor/index.ts';
import { verify } from '../../compiler/tensor/verify.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';

interface Case {
  readonly written: (x: t.Value, y: t.Value) => t.Value;
  /** The primitives that should be left beside inputs, in order. */
  readonly left: string;
}

/** x and y are [2, 3]. */
const cases: Readonly<Record<string, Case>> = {
  'x + 0': { written: (x) => t.add(x, 0), left: '' },
  '0 + x': { written: (x) => t.add(0, x), left: '' },
  'x + zeros of a larger shape': {
    written: (x) => t.add(x, t.constant(x.builder, 0, [4, 2, 3])),
    left: 'broadcast',
  },
  'x - 0': { written: (x) => t.sub(x, 0), left: '' },
  '0 - x': { written: (x) => t.sub(0, x), left: 'neg' },
  'x + (-y)': { written: (x, y) => t.add(x, t.neg(y)), left: 'sub' },
  '(-x) + y': { written: (x, y) => t.add(t.neg(x), y), left: 'sub' },
  'x - (-y)': { written: (x, y) => t.sub(x, t.neg(y)), left: 'add' },
  'x * 1': { written: (x) => t.mul(x, 1), left: '' },
  'x * 0': { written: (x) => t.mul(x, 0), left: 'constant' },
  'x * -1': { written: (x) => t.mul(x, -1), left: 'neg' },
  '(x * 2) * 3': { written: (x) => t.mul(t.mul(x, 2), 3), left: 'constant mul' },
  '(-x) * 3': { written: (x) => t.mul(t.neg(x), 3), left: 'constant mul' },
  'x / 1': { written: (x) => t.div(x, 1), left: '' },
  '-(-x)': { written: (x) => t.neg(t.neg(x)), left: '' },
  '-(x - y)': { written: (x, y) => t.neg(t.sub(x, y)), left: 'sub' },
  '-(x * 3)': { written: (x) => t.neg(t.mul(x, 3)), left: 'constant mul' },
  'x ** 1': { written: (x) => t.pow(x, 1), left: '' },
  'x ** 2': { written: (x) => t.pow(x, 2), left: 'mul' },
  'either way the same': { written: (x, y) => t.select(t.greater(x, y), x, x), left: '' },
  stop_gradient: { written: (x) => t.stopGradient(x), left: '' },
  'a reshape of a reshape': { written: (x) => t.reshape(t.reshape(x, [6]), [3, 2]), left: 'reshape' },
  'there and back': { written: (x) => t.reshape(t.reshape(x, [6]), [2, 3]), left: '' },
  'a transpose of a transpose': {
    written: (x) => t.transpose(t.transpose(t.broadcast(x, [4, 2, 3]), [2, 0, 1]), [2, 0, 1]),
    left: 'broadcast transpose',
  },
  'a transpose that undoes another': { written: (x) => t.transpose(t.transpose(x)), left: '' },
  'a transpose that only moves an axis of size 1': {
    written: (x) => t.transpose(t.reshape(x, [2, 1, 3]), [1, 0, 2]),
    left: 'reshape',
  },
  'a broadcast to the same shape': { written: (x) => t.broadcast(x, [2, 3]), left: '' },
  'a broadcast of a broadcast': {
    written: (x) => t.broadcast(t.broadcast(x, [1, 4, 2, 3]), [5, 4, 2, 3]),
    left: 'broadcast',
  },
  'a broadcast that the consumer does': {
    written: (x, y) => t.mul(t.broadcast(t.sum(x, 0, true), [2, 3]), y),
    left: 'sum mul',
  },
  'a broadcast whose consumers can do without': {
    written: (x) => t.tanh(t.add(t.broadcast(t.sum(x, 0, true), [2, 3]), 1)),
    left: 'sum constant add tanh broadcast',
  },
  'a constant that the consumer stretches': {
    written: (x) => t.mul(x, t.constant(x.builder, 3, [2, 3])),
    left: 'constant mul',
  },
  'a slice of all': { written: (x) => t.slice(x, [0, 0], [2, 3]), left: '' },
  'a slice of one of two put together': {
    written: (x, y) => t.slice(t.concat([x, t.tanh(y)], 0), [2, 0], [2, 3]),
    left: 'tanh',
  },
  'a slice across both': {
    written: (x, y) => t.slice(t.concat([x, y], 0), [1, 0], [2, 3]),
    left: 'concat slice',
  },
  'padding by nothing': { written: (x) => t.pad(x, {}), left: '' },
  'a sum over an axis of size 1': { written: (x) => t.sum(t.reshape(x, [2, 1, 3]), 1), left: '' },
  'a sum over axes, one of size 1': {
    written: (x) => t.sum(t.reshape(x, [2, 1, 3]), [0, 1]),
    left: 'reshape sum reshape',
  },
  'the sum of a negative': { written: (x) => t.tanh(t.sum(t.neg(x), 0)), left: 'sum neg tanh' },
  'the sum of a multiple': { written: (x) => t.sum(t.mul(3, x), 0, true), left: 'constant sum mul' },
  'a max over an axis of size 1': { written: (x) => t.max(t.reshape(x, [6, 1]), 1), left: 'reshape' },
  'numbers known now': {
    written: (x) => t.mul(x, t.sub(t.exp(t.constant(x.builder, 0)), 3)),
    left: 'constant mul',
  },
  'the same twice': {
    written: (x, y) => t.add(t.tanh(t.mul(x, y)), t.tanh(t.mul(x, y))),
    left: 'mul tanh add',
  },
};

test.each(Object.entries(cases))('%s', (_title, { written, left }) => {
  const builder = new t.Builder('test');
  const [x, y] = ['x', 'y'].map((name) =>
    t.input(builder, { name, shape: [2, 3], dtype: 'f32', from: { kind: 'count' } }),
  );
  builder.output('result', written(x!, y!));
  const before = builder.finish();
  const after = optimizeProgram(before);
  verify(after);
  const ops = after.nodes.map((node) => node.op).filter((op) => op !== 'input');
  expect(ops.join(' ')).toBe(left);
  const inputs = { x: draw({ shape: [2, 3] }, 1).data, y: draw({ shape: [2, 3] }, 2).data };
  const [expected, found] = [before, after].map((program) => interpret(program, inputs).outputs.result!);
  expect(found!.length).toBe(expected!.length);
  found!.forEach((number, at) => {
    expect(number).toBeCloseTo(expected![at]!, 6);
  });
});

test('a result that is not finite is left for the run, where it can be traced', () => {
  const builder = new t.Builder('test');
  builder.output('result', t.log(t.sub(t.constant(builder, 1), 1)));
  expect(optimizeProgram(builder.finish()).nodes.map((node) => node.op)).toEqual(['constant', 'log']);
});

test('random numbers of different places, shapes or kinds are never taken for one another', () => {
  const builder = new t.Builder('test');
  const key = t.input(builder, { name: 'key', shape: [4], dtype: 'i32', from: { kind: 'key' } });
  const draws = [
    t.uniform(key, [2], 1),
    t.uniform(key, [2], 2),
    t.uniform(key, [1], 1),
    t.normal(key, [2], 1),
    t.uniform(key, [2], 1),
  ];
  draws.forEach((value, index) => {
    builder.output(`${index}`, value);
  });
  const after = optimizeProgram(builder.finish());
  expect(after.nodes.length).toBe(1 + 4);
  expect(after.outputs[4]!.value).toBe(after.outputs[0]!.value);
});
