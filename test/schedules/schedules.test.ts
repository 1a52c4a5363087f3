import { describe, expect, test } from 'vitest';
import { schedules } from '../../compiler/schedules/index.ts';
import { WHOLE_TRAINING } from '../../compiler/schedules/schedule.ts';
import { readCall } from '../layers/written-call.ts';

function values(call: string, steps: readonly number[]): number[] {
  const { definition, args } = readCall(call, schedules);
  return steps.map((step) => definition.value(args, step, WHOLE_TRAINING));
}

function end(call: string): number | null {
  const { definition, args } = readCall(call, schedules);
  return definition.end(args);
}

describe('schedules', () => {
  test('constant', () => {
    expect(values('constant(0.5)', [0, 1, 1e6])).toEqual([0.5, 0.5, 0.5]);
    expect(end('constant(0.5)')).toBe(0);
  });

  test('linear goes straight and stays', () => {
    expect(values('linear(from: 2, to: 1, over: 4)', [0, 1, 2, 4, 100])).toEqual([2, 1.75, 1.5, 1, 1]);
    expect(end('linear(from: 2, to: 1, over: 4)')).toBe(4);
  });

  test('cosine is half-way in the middle, and flat at both ends', () => {
    const [start, early, middle, late, last, after] = values(
      'cosine(from: 2, over: 100)',
      [0, 1, 50, 99, 100, 500],
    );
    expect([start, last, after]).toEqual([2, 0, 0]);
    expect(middle).toBeCloseTo(1, 12);
    expect(2 - early!).toBeLessThan(0.001);
    expect(late).toBeLessThan(0.001);
    expect(values('cosine(from: 2, to: 1, over: 10)', [10])).toEqual([1]);
  });

  test('exponential multiplies by the factor in every stretch, and never ends', () => {
    const [a, b, c] = values('exponential(from: 8, factor: 0.5, over: 10)', [0, 10, 25]);
    expect([a, b]).toEqual([8, 4]);
    expect(c).toBeCloseTo(8 * 0.5 ** 2.5, 12);
    expect(end('exponential(from: 8, factor: 0.5, over: 10)')).toBeNull();
  });

  test('piecewise joins points by straight lines', () => {
    const call = 'piecewise([10, 1], [20, 3], [20, 5], [30, 0])';
    expect(values(call, [0, 10, 15, 19, 20, 25, 30, 99])).toEqual([1, 1, 2, 2.8, 5, 2.5, 0, 0]);
    expect(end(call)).toBe(30);
  });

  test('warmup rises from its first step on', () => {
    expect(values('warmup(to: 1, over: 4)', [0, 1, 3, 4, 50])).toEqual([0.25, 0.5, 1, 1, 1]);
    expect(end('warmup(to: 1, over: 4)')).toBe(3);
  });

  test('cyclic goes up and down for ever', () => {
    const call = 'cyclic(low: 1, high: 3, over: 4)';
    expect(values(call, [0, 1, 2, 3, 4, 6, 4001])).toEqual([1, 2, 3, 2, 1, 3, 2]);
    expect(values('cyclic(low: 0, high: 1, over: 3)', [1, 2])).toEqual(
      [2 / 3, 2 / 3].map((v) => expect.closeTo(v, 12)),
    );
    expect(end(call)).toBeNull();
  });

  test('half_life forgets half in so many images, and sooner at first with a ramp', () => {
    const decayAt = (call: string, step: number) => values(call, [step])[0]!;
    // 25 steps of 4 images.
    expect(decayAt('half_life(100, batch: 4)', 7) ** 25).toBeCloseTo(0.5, 12);
    expect(end('half_life(100, batch: 4)')).toBe(0);
    const ramped = 'half_life(100, batch: 4, ramp: 0.05)';
    expect(decayAt(ramped, 0)).toBe(0);
    // 40 images seen, half-life 2: half a batch.
    expect(decayAt(ramped, 10)).toBeCloseTo(0.25, 12);
    expect(decayAt(ramped, end(ramped)!)).toBe(decayAt('half_life(100, batch: 4)', 0));
    expect(decayAt(ramped, end(ramped)! - 1)).toBeLessThan(decayAt(ramped, end(ramped)!));
    const rising = 'half_life(100, batch: 4, over: 10)';
    expect(decayAt(rising, 0)).toBe(0);
    // Half-way the half-life is 50 images.
    expect(decayAt(rising, 5)).toBeCloseTo(0.5 ** (4 / 50), 12);
    expect(end(rising)).toBe(10);
    expect(decayAt(rising, 10)).toBe(decayAt('half_life(100, batch: 4)', 0));
    expect(end('half_life(100, batch: 4, ramp: 0.05, over: 10)')).toBe(500);
  });
});

test('fade goes from 0 to 1 in the first steps of a stage; where there is none, it is 1', () => {
  const { definition, args } = readCall('fade()', schedules);
  const stage = { start: 100, fade: 4 };
  expect([100, 101, 104, 200].map((step) => definition.value(args, step, stage))).toEqual([0, 0.25, 1, 1]);
  expect(definition.value(args, 100, { start: 100, fade: 0 })).toBe(1);
  expect(definition.value(args, 0, WHOLE_TRAINING)).toBe(1);
});
