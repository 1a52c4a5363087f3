import { describe, expect, test } from 'vitest';
import { penalties } from '../../compiler/regularizers/index.ts';
import * as t from '../../compiler/tensor/index.ts';
import { readCall } from '../layers/written-call.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';

const SHAPE = [3, 2, 2, 1];
const REAL = draw({ shape: SHAPE }, 1).data;
const FAKE = draw({ shape: SHAPE }, 2).data;
const SLOPES = [0.3, -0.4, 1.2, 0];

/** The penalty on a critic that is written in primitives. */
function penaltyOf(call: string, critic: (x: t.Value) => t.Value): number {
  const { definition, args } = readCall(call, penalties);
  const builder = new t.Builder('penalty');
  const tensors = definition.tensors.map((name) =>
    t.input(builder, { name, shape: SHAPE, dtype: 'f32', from: { kind: 'count' } }),
  );
  const key = t.constant(builder, [1, 0, 0, 0], [4], 'i32');
  let place = 0;
  const value = definition.lower({
    builder,
    critic,
    tensors,
    args,
    normal: (shape) => t.normal(key, shape, ++place),
    uniform: (shape) => t.uniform(key, shape, ++place),
  });
  expect(value.shape).toEqual([]);
  builder.output('penalty', value);
  return interpret(builder.finish(), { real: REAL, fake: FAKE }).outputs.penalty![0]!;
}

/** Σ slope · x for every example: its gradient is the slopes themselves, of length 1.3. */
const straight = (x: t.Value) => t.sum(t.mul(x, t.constant(x.builder, SLOPES, [2, 2, 1])), [1, 2, 3]);

/** Σ x² / 2 for every example: its gradient is x itself. */
const bowl = (x: t.Value) => t.mul(t.sum(t.square(x), [1, 2, 3]), 0.5);

const perExample = <T>(data: Float64Array, f: (example: Float64Array) => T): T[] =>
  [0, 1, 2].map((index) => f(data.subarray(4 * index, 4 * index + 4)));
const squaredLength = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('gradient_penalty', () => {
  test('is (slope − target)² for a critic of one slope', () => {
    expect(penaltyOf('gradient_penalty', straight)).toBeCloseTo(0.3 ** 2, 9);
    expect(penaltyOf('gradient_penalty(target: 0)', straight)).toBeCloseTo(1.3 ** 2, 9);
  });

  test('looks between real and fake, at one place of its own for every example', () => {
    // With a gradient of x itself, the penalty with target 0 is mean |x|²; at the ends it would be that of the data.
    const between = penaltyOf('gradient_penalty(target: 0)', bowl);
    const ends = [REAL, FAKE].map((data) => perExample(data, squaredLength));
    const largest = mean(ends[0]!.map((value, index) => Math.max(value, ends[1]![index]!)));
    expect(between).toBeLessThan(largest);
    expect(between).toBeGreaterThan(0);
  });
});

test('r1 is the mean squared slope at real data, r2 that at fakes', () => {
  expect(penaltyOf('r1', straight)).toBeCloseTo(1.69, 12);
  expect(penaltyOf('r1', bowl)).toBeCloseTo(mean(perExample(REAL, squaredLength)), 12);
  expect(penaltyOf('r2', bowl)).toBeCloseTo(mean(perExample(FAKE, squaredLength)), 12);
});

test('a map of scores counts with its sum', () => {
  const map = (x: t.Value) => t.mul(x, t.constant(x.builder, SLOPES, [2, 2, 1]));
  expect(penaltyOf('r1', map)).toBeCloseTo(1.69, 12);
});
