import { describe, expect, test } from 'vitest';
import { fillNormal, fillUniform, philox, placeOf } from '../../compiler/tensor/random.ts';

describe('philox', () => {
  // The known answers of the Random123 distribution for philox4x32 with 10 rounds.
  test.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('counter %j, key %j', (counter, key, expected) => {
    expect([...philox(counter, key)]).toEqual(expected);
  });
});

const COUNT = 200_000;
const KEY = [42, 0, 7, 0];

function moments(numbers: Float64Array): number[] {
  return [1, 2, 3, 4].map((power) => numbers.reduce((sum, x) => sum + x ** power, 0) / numbers.length);
}

function correlation(a: Float64Array, b: Float64Array): number {
  const centre = (x: Float64Array) => {
    const [mean] = moments(x);
    return x.map((value) => value - mean!);
  };
  const [u, v] = [centre(a), centre(b)];
  const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, at) => sum + value * y[at]!, 0);
  return dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
}

function normal(key = KEY, place = 1, count = COUNT): Float64Array {
  const numbers = new Float64Array(count);
  fillNormal(numbers, key, place);
  return numbers;
}

describe('numbers', () => {
  // Bounds are about five standard errors wide; the numbers are fixed, so this cannot fail by chance.
  test('normal ones have the moments of a standard normal', () => {
    const [mean, second, third, fourth] = moments(normal());
    expect(Math.abs(mean!)).toBeLessThan(0.012);
    expect(Math.abs(second! - 1)).toBeLessThan(0.016);
    expect(Math.abs(third!)).toBeLessThan(0.045);
    expect(Math.abs(fourth! - 3)).toBeLessThan(0.11);
  });

  test('uniform ones lie in [0, 1), evenly, and are exact in f32', () => {
    const numbers = new Float64Array(COUNT);
    fillUniform(numbers, KEY, 1);
    expect(numbers.every((x) => x >= 0 && x < 1 && Math.fround(x) === x)).toBe(true);
    const bins = new Array(20).fill(0);
    for (const x of numbers) bins[Math.floor(x * 20)]++;
    const expected = COUNT / 20;
    const chiSquare = bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(43.8);
  });

  test('a longer draw begins with the shorter one, whatever the length', () => {
    for (const count of [1, 2, 3, 5, 6]) expect(normal(KEY, 1, count)).toEqual(normal().slice(0, count));
  });

  test('another seed, step, repetition or place gives unrelated numbers', () => {
    const base = normal();
    const others = [
      normal([43, 0, 7, 0]),
      normal([42, 1, 7, 0]),
      normal([42, 0, 8, 0]),
      normal([42, 0, 7, 1]),
      normal(KEY, 2),
      normal(KEY, placeOf('G/dropout')),
    ];
    for (const other of others) expect(Math.abs(correlation(base, other))).toBeLessThan(0.012);
    expect(Math.abs(correlation(base.slice(0, -1), base.slice(1)))).toBeLessThan(0.012);
  });
});

test('places of similar paths differ, and stay what they are', () => {
  const paths = ['D/dropout', 'D/dropout.2', 'D/dropout.3', 'G/dropout', '', 'D/dropou', 'z'];
  expect(new Set(paths.map(placeOf)).size).toBe(paths.length);
  // Checkpoints of old runs depend on it.
  expect(placeOf('D/dropout')).toBe(placeOf(['D', 'dropout'].join('/')));
  for (const path of paths) expect(placeOf(path) >>> 0).toBe(placeOf(path));
});
