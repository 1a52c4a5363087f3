import { describe, expect, test } from 'vitest';
import { penalties } from '../../compiler/regularizers/index.ts';
import type { CriticPenalty } from '../../compiler/regularizers/penalty.ts';
import * as t from '../../compiler/tensor/index.ts';
import { readCall } from '../layers/written-call.ts';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';

const SHAPE = [3, 2, 2, 1];
const REAL = draw({ shape: SHAPE }, 1).data;
const FAKE = draw({ shape: SHAPE }, 2).data;
const SLOPES = [0.3, -0.4, 1.2, 0];

/** The penalty on a critic that is written in primitives. */
function penaltyAndState(call: string, critic: (x: t.Value) => t.Value) {
  const onCritics = penalties.filter((penalty): penalty is CriticPenalty => penalty.looksAt !== 'weights');
  const { definition, args } = readCall(call, onCritics);
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
    state: (path) => t.state(builder, { path, shape: [], dtype: 'f32', role: 'statistic' }),
    assign: (path, next) => builder.assign(path, next),
  });
  expect(value.shape).toEqual(definition.gives === 'gradient' ? SHAPE : []);
  builder.output('penalty', value);
  const inputs = { real: REAL, fake: FAKE, latent: REAL, at: REAL };
  const { outputs, state } = interpret(builder.finish(), inputs, { mean_length: [KEPT] });
  return { value: outputs.penalty![0]!, values: [...outputs.penalty!], kept: state.mean_length?.[0] };
}

/** The mean length that path_length has kept so far. */
const KEPT = 0.7;

function penaltyOf(call: string, critic: (x: t.Value) => t.Value): number {
  return penaltyAndState(call, critic).value;
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

test('gradient is the slope for every number of every example', () => {
  expect(penaltyAndState('gradient', straight).values).toEqual([...SLOPES, ...SLOPES, ...SLOPES]);
  expectClose(penaltyAndState('gradient', bowl).values, [...REAL]);
});

test('a map of scores counts with its sum', () => {
  const map = (x: t.Value) => t.mul(x, t.constant(x.builder, SLOPES, [2, 2, 1]));
  expect(penaltyOf('r1', map)).toBeCloseTo(1.69, 12);
});

describe('dragan', () => {
  test('is (slope − target)² for a critic of one slope', () => {
    expect(penaltyOf('dragan', straight)).toBeCloseTo(0.3 ** 2, 9);
    expect(penaltyOf('dragan(target: 0)', straight)).toBeCloseTo(1.3 ** 2, 9);
  });

  test('looks around real data, as far as its noise says', () => {
    const squares = mean(perExample(REAL, squaredLength));
    expect(penaltyOf('dragan(target: 0, noise: 0)', bowl)).toBeCloseTo(squares, 9);
    expect(penaltyOf('dragan(target: 0)', bowl)).not.toBeCloseTo(squares, 3);
  });
});

test('zero_centred is the mean squared slope between real and fake', () => {
  expect(penaltyOf('zero_centred', straight)).toBeCloseTo(1.69, 12);
  // The same places as gradient_penalty with target 0.
  expect(penaltyOf('zero_centred', bowl)).toBeCloseTo(penaltyOf('gradient_penalty(target: 0)', bowl), 6);
});

describe('consistency', () => {
  test('is the mean squared difference of two passes, beyond its margin', () => {
    let passes = 0;
    const scores = (x: t.Value) => t.mul(t.reshape(t.sum(x, [1, 2, 3]), [3, 1]), ++passes);
    const squares = perExample(REAL, (x) => x.reduce((a, b) => a + b, 0) ** 2);
    expect(penaltyOf('consistency', scores)).toBeCloseTo(mean(squares), 12);
    passes = 0;
    const above = mean(squares.map((square) => Math.max(0, square - 0.5)));
    expect(penaltyOf('consistency(margin: 0.5)', scores)).toBeCloseTo(above, 12);
  });

  test('is nothing for a critic without randomness', () => {
    expect(penaltyOf('consistency', straight)).toBe(0);
  });
});

test('path_length is the squared distance of the lengths of Jᵀy from their moving mean', () => {
  // A picture that is the latent itself: Jᵀy is the noise, divided by the root of 4 pixels.
  const identity = (x: t.Value) => x;
  const key = t.constant(new t.Builder('noise'), [1, 0, 0, 0], [4], 'i32');
  key.builder.output('y', t.normal(key, SHAPE, 1));
  const noise = interpret(key.builder.finish(), {}).outputs.y!;
  const lengths = perExample(noise, (y) => {
    // The last axis is one number, and the mean goes over the 4 places before it.
    return Math.sqrt(mean([...y].map((value) => (value / 2) ** 2)));
  });
  const kept = KEPT + 0.01 * (mean(lengths) - KEPT);
  const found = penaltyAndState('path_length', identity);
  expect(found.kept).toBeCloseTo(kept, 12);
  expect(found.value).toBeCloseTo(mean(lengths.map((length) => (length - kept) ** 2)), 9);
});
