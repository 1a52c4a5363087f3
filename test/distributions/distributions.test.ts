import { describe, expect, test } from 'vitest';
import { distributions } from '../../compiler/distributions/index.ts';
import * as t from '../../compiler/tensor/index.ts';
import { readCall } from '../layers/written-call.ts';
import { interpret } from '../reference/interpreter.ts';

const SHAPE = [40, 500];

function drawn(
  call: string,
  fans?: { fanIn: number; fanOut: number } | null,
  shape: readonly number[] = SHAPE,
  outputAxis: number | null = null,
): { values: Float64Array; low: number; high: number } {
  const { definition, args } = readCall(call, distributions);
  const builder = new t.Builder('draw');
  const key = t.input(builder, { name: 'key', shape: [4], dtype: 'i32', from: { kind: 'key' } });
  let place = 0;
  const value = definition.draw({
    shape,
    args,
    fanIn: fans?.fanIn ?? null,
    fanOut: fans?.fanOut ?? null,
    outputAxis,
    normal: (shape) => t.normal(key, shape, ++place),
    uniform: (shape) => t.uniform(key, shape, ++place),
    fill: (number, shape) => t.constant(builder, number, shape),
  });
  expect(value.shape).toEqual(shape);
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

describe('orthogonal', () => {
  // Dense, 1 × 1, wide, a conv kernel, and a transposed one, whose outputs are on the axis before the last.
  test.each<[shape: number[], outputAxis: number]>([
    [[6, 4], 1],
    [[16, 16], 1],
    [[1, 1], 1],
    [[3, 7], 1],
    [[3, 3, 2, 5], 3],
    [[2, 2, 5, 3], 2],
    [[2, 1, 9, 2], 2],
  ])('a kernel of %j has rows or columns at right angles, of length gain', (shape, outputAxis) => {
    const { values } = drawn('orthogonal(gain: 2)', null, shape, outputAxis);
    const outputs = shape[outputAxis]!;
    const inner = shape.slice(outputAxis + 1).reduce((a, b) => a * b, 1);
    const columns = Array.from({ length: outputs }, (_, column) =>
      [...values].filter((_value, at) => Math.floor(at / inner) % outputs === column),
    );
    const rows = columns[0]!.map((_, row) => columns.map((column) => column[row]!));
    const vectors = outputs <= rows.length ? columns : rows;
    for (const [i, a] of vectors.entries()) {
      for (const [j, b] of vectors.entries()) {
        const product = a.reduce((sum, value, at) => sum + value * b[at]!, 0);
        expect(Math.abs(product - (i === j ? 4 : 0))).toBeLessThan(1e-9);
      }
    }
  });

  test('no direction is favoured: its elements are 0 in the mean', () => {
    const { values } = drawn('orthogonal', null, [60, 60], 1);
    // Each element has mean 0 and variance 1 / 60.
    const mean = [...values].reduce((a, b) => a + b, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(60) / 60);
  });
});

test('categorical draws one place of the last axis, every place alike', () => {
  const { values } = drawn('categorical');
  const counts = new Array<number>(SHAPE[1]!).fill(0);
  for (let row = 0; row < SHAPE[0]!; row++) {
    const code = [...values.subarray(row * SHAPE[1]!, (row + 1) * SHAPE[1]!)];
    expect(code.filter((value) => value === 1)).toHaveLength(1);
    expect(code.filter((value) => value === 0)).toHaveLength(SHAPE[1]! - 1);
    counts[code.indexOf(1)]!++;
  }
  // 40 draws of 500 places: hardly any place twice, and both halves.
  expect(Math.max(...counts)).toBeLessThan(4);
  const early = counts.slice(0, SHAPE[1]! / 2).reduce((a, b) => a + b, 0);
  expect(early).toBeGreaterThan(8);
  expect(early).toBeLessThan(32);
});
