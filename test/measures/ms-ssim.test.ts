import { describe, expect, test } from 'vitest';
import { msSsim } from '../../compiler/measures/ms-ssim.ts';
import { scalesOf, similarity } from '../../compiler/measures/parts/structural-similarity.ts';
import { draw } from '../reference/draw.ts';
import { figuresOf } from './seen.ts';

const drawn = (length: number, seed: number) =>
  Float64Array.from(draw({ shape: [length], range: [0, 1] }, seed).data);
const grey = (length: number, value: number) => new Float64Array(length).fill(value);
const square = (side: number, channels = 1) => ({ height: side, width: side, channels });

test('there are as many scales as have room for the window, five at most', () => {
  const sides = [11, 21, 22, 28, 44, 88, 175, 176, 512];
  expect(sides.map((side) => scalesOf(square(side)))).toEqual([1, 1, 2, 2, 3, 4, 4, 5, 5]);
  expect(scalesOf({ height: 512, width: 11, channels: 3 })).toBe(1);
});

test('one window is the formula, worked out place by place', () => {
  const [a, b] = [drawn(121, 1), drawn(121, 2)];
  const weight = (i: number) => Math.exp(-((Math.floor(i / 11) - 5) ** 2 + ((i % 11) - 5) ** 2) / 4.5);
  const all = a.reduce((sum, _, i) => sum + weight(i), 0);
  const mean = (of: (i: number) => number) => a.reduce((sum, _, i) => sum + (weight(i) / all) * of(i), 0);
  const [ma, mb] = [mean((i) => a[i]!), mean((i) => b[i]!)];
  const covariance = mean((i) => (a[i]! - ma) * (b[i]! - mb));
  const variances = mean((i) => (a[i]! - ma) ** 2 + (b[i]! - mb) ** 2);
  const expected =
    ((2 * ma * mb + 1e-4) * (2 * covariance + 9e-4)) / ((ma ** 2 + mb ** 2 + 1e-4) * (variances + 9e-4));
  expect(similarity(a, b, square(11), 1)).toBeCloseTo(Math.max(0, expected), 12);
});

test('the same picture is wholly alike, on any scale; the opposite not at all', () => {
  const a = drawn(50 * 50 * 3, 3);
  expect(similarity(a, a, square(50, 3), 1)).toBeCloseTo(1, 12);
  const opposite = a.map((value) => 1 - value);
  expect(similarity(a, opposite, square(50, 3), 1)).toBe(0);
});

test('of plain grey pictures only the luminance counts, as much as the last scale does', () => {
  const luminance = (2 * 0.2 * 0.6 + 1e-4) / (0.04 + 0.36 + 1e-4);
  const of = (side: number) => similarity(grey(side * side, 0.2), grey(side * side, 0.6), square(side), 1);
  expect(of(11)).toBeCloseTo(luminance, 10);
  expect(of(22)).toBeCloseTo(luminance ** (0.2856 / (0.0448 + 0.2856)), 10);
  // The five weights of the paper sum to 1.0001.
  expect(of(176)).toBeCloseTo(luminance ** (0.1333 / 1.0001), 10);
});

test('every channel is a picture of its own, and values count by their range', () => {
  const [a, b] = [drawn(12 * 12, 4), drawn(12 * 12, 5)];
  const both = (x: Float64Array) => Float64Array.from({ length: 288 }, (_, i) => x[Math.floor(i / 2)]!);
  const one = similarity(a, b, square(12), 1);
  expect(similarity(both(a), both(b), square(12, 2), 1)).toBeCloseTo(one, 12);
  const times = (x: Float64Array) => x.map((value) => 255 * value);
  expect(similarity(times(a), times(b), square(12), 255)).toBeCloseTo(one, 10);
});

describe('the measure', () => {
  const rows = (count: number, seed: number) =>
    Array.from({ length: count }, (_, row) => [...drawn(121, seed + row)].map((value) => 2 * value - 1));
  const shape = [11, 11, 1];

  test('is the mean over neighbours, round the list, and over fewer where fewer are wanted', () => {
    const real = rows(3, 10);
    const shifted = real.map((row) => Float64Array.from(row, (value) => Math.fround(value) + 1));
    const pairs = [0, 1, 2].map((i) => similarity(shifted[i]!, shifted[(i + 1) % 3]!, square(11), 2));
    const { made, real: found } = figuresOf(msSsim, { made: [real[0]!, real[0]!], real }, { shape });
    expect(made).toBeCloseTo(1, 12);
    expect(found).toBeCloseTo((pairs[0]! + pairs[1]! + pairs[2]!) / 3, 12);
    const fewer = figuresOf(msSsim, { made: real, real }, { shape, args: { pairs: 1 } });
    expect(fewer.real).toBeCloseTo(pairs[0]!, 12);
  });
});
