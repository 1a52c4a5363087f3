import { expect, test } from 'vitest';
import type { DatasetFacts } from '../../runtime/data/dataset.ts';
import { imageRange, levelTable } from '../../runtime/data/levels.ts';
import { fitting } from '../../runtime/data/pixels.ts';

test('the ends of a range are hit exactly, and its middle lies in the middle', () => {
  for (const [low, high] of [
    [-1, 1],
    [0, 1],
    [0, 255],
    [-0.5, 0.5],
    [3, 7],
  ] as const) {
    const table = levelTable({ low, high });
    expect(table[0]).toBe(low);
    expect(table[255]).toBe(high);
    for (let level = 0; level < 256; level++) {
      expect(table[level]).toBe(Math.fround(low + ((high - low) * level) / 255 || 0));
    }
  }
});

test('in [0, 255] every level is itself; in [-1, 1] levels mirror around 0', () => {
  expect([...levelTable({ low: 0, high: 255 })]).toEqual(Array.from({ length: 256 }, (_, level) => level));
  const table = levelTable({ low: -1, high: 1 });
  for (let level = 0; level < 128; level++) expect(table[255 - level]).toBe(-table[level]!);
});

test('images without a declared range hold [-1, 1]', () => {
  const field: DatasetFacts['fields'][number] = {
    name: 'image',
    type: { shape: [1, 1, 1], range: { low: -Infinity, high: Infinity }, label: null },
  };
  expect(imageRange(field)).toEqual({ low: -1, high: 1 });
});

test('resizing keeps a plain image plain, a gradient a gradient, and crops around the middle', () => {
  const grow = fitting({ height: 4, width: 4, channels: 1 }, { height: 9, width: 9, channels: 1 })!;
  expect(new Set(grow(new Uint8Array(16).fill(77)))).toEqual(new Set([77]));
  const halve = fitting({ height: 1, width: 8, channels: 1 }, { height: 1, width: 8, channels: 3 })!;
  expect([...halve(Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7)).subarray(0, 6)]).toEqual([0, 0, 0, 1, 1, 1]);
  const ramp = Uint8Array.from({ length: 64 }, (_, i) => (i % 8) * 30);
  const shrink = fitting({ height: 8, width: 8, channels: 1 }, { height: 4, width: 4, channels: 1 })!;
  const row = shrink(ramp).subarray(0, 4);
  expect(row[2]! - row[1]!).toBe(60);
  const wide = Uint8Array.from({ length: 2 * 6 }, (_, i) => (i % 6) * 10);
  const crop = fitting({ height: 2, width: 6, channels: 1 }, { height: 2, width: 2, channels: 1 })!;
  expect([...crop(wide)]).toEqual([20, 30, 20, 30]);
});

test('colour becomes grey by brightness, and grey becomes colour', () => {
  const grey = fitting({ height: 1, width: 3, channels: 3 }, { height: 1, width: 3, channels: 1 })!;
  expect([...grey(Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255))]).toEqual([76, 150, 29]);
  const alpha = fitting({ height: 1, width: 1, channels: 1 }, { height: 1, width: 1, channels: 4 })!;
  expect([...alpha(Uint8Array.of(9))]).toEqual([9, 9, 9, 255]);
});
