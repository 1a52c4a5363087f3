import { describe, expect, test } from 'vitest';
import { distributions } from '../../compiler/distributions/index.ts';
import * as t from '../../compiler/tensor/index.ts';
import { readCall } from '../layers/written-call.ts';
import { interpret } from '../reference/interpreter.ts';

const SHAPE = [40, 500];

function drawn(
  call: string,
  fans?: { fanIn: number; fanOut: number },
): { values: Float64Array; low: number; high: number } {
  const { definition, args } = readCall(call, distributions);
  const builder = new t.Builder('draw');
  const key = t.input(builder, { name: 'key', shape: [4], dtype: 'i32', from: { kind: 'key' } });
  let place = 0;
  const value = definition.draw({
    shape: SHAPE,
    args,
    fanIn: fans?.fanIn ?? null,
    fanOut: fans?.fanOut ?? null,
    normal: (shape) => t.normal(key, shape, ++place),
    uniform: (shape) => t.uniform(key, shape, ++place),
    fill: (number, shape) => t.constant(builder, number, shape),
  });
  expect(value.shape).toEqual(SHAPE);
  builder.output('x', value);
  const values = interpret(builder.finish(), { key: [5, 0, 0, 0] }).outputs.x!;
  return { values, ...definition.range(args) };
}

function moments(values: Float64Array): { mean: number; std: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, std: Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length) };
}

// 20,000 numbers: the mean is known to about std / 140, the standard deviation to about 0.5 %.
describe.each([
  ['normal(100)', null, 0, 1],
  ['normal(mean: 2, std: 0.02)', null, 2, 0.02],
  ['uniform(100)', null, 0, 1 / Math.sqrt(3)],
  ['uniform(low: 2, high: 5)', null, 3.5, 3 / Math.sqrt(12)],
  ['truncated_normal(mean: 1, std: 2)', null, 1, 2 * 0.8796],
  ['glorot_uniform', { fanIn: 30, fanOut: 70 }, 0, Math.sqrt(2 / 100)],
  ['glorot_normal(gain: 2)', { fanIn: 30, fanOut: 70 }, 0, 2 * Math.sqrt(2 / 100)],
  ['he_uniform', { fanIn: 50, fanOut: 7 }, 0, Math.sqrt(2 / 50)],
  ['he_normal', { fanIn: 50, fanOut: 7 }, 0, Math.sqrt(2 / 50)],
] as const)('%s', (call, fans, mean, std) => {
  test('has the mean and the standard deviation that it says, and stays in its range', () => {
    const { values, low, high } = drawn(call, fans ?? undefined);
    const found = moments(values);
    expect(Math.abs(found.mean - mean)).toBeLessThan((4 * std) / Math.sqrt(values.length));
    expect(Math.abs(found.std / std - 1)).toBeLessThan(0.03);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
    expect(Math.max(...values)).toBeLessThanOrEqual(high);
  });
});

test('glorot_uniform fills the interval of the paper and nothing beyond it', () => {
  const limit = Math.sqrt(6 / 100);
  const { values } = drawn('glorot_uniform', { fanIn: 30, fanOut: 70 });
  const largest = Math.max(...values.map(Math.abs));
  expect(largest).toBeLessThanOrEqual(limit);
  expect(largest).toBeGreaterThan(0.99 * limit);
});

test('the truncated bell curve keeps its shape inside: 72 % lie within one standard deviation', () => {
  const { values } = drawn('truncated_normal');
  const share = values.filter((x) => Math.abs(x) < 1).length / values.length;
  expect(Math.abs(share - 0.6827 / 0.9545)).toBeLessThan(0.015);
});

test('zeros, ones and constant', () => {
  expect(new Set(drawn('zeros').values)).toEqual(new Set([0]));
  expect(new Set(drawn('ones').values)).toEqual(new Set([1]));
  expect(new Set(drawn('constant(0.25)').values)).toEqual(new Set([0.25]));
});
