import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Permutation } from '../../runtime/data/permutation.ts';

const all = (order: Permutation) => Array.from({ length: order.size }, (_, place) => order.at(place));

test('every number below the size stands at exactly one place', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(), fc.nat(), (size, seed, epoch) => {
      const numbers = all(new Permutation(size, seed, 0, epoch));
      expect(new Set(numbers).size).toBe(size);
      expect(Math.max(...numbers)).toBe(size - 1);
    }),
    { numRuns: 60 },
  );
});

test('seed, place and epoch each give another order, and the same ones the same order', () => {
  const orders = [
    new Permutation(1000, 1, 0, 0),
    new Permutation(1000, 2, 0, 0),
    new Permutation(1000, 1 + 2 ** 32, 0, 0),
    new Permutation(1000, 1, 5, 0),
    new Permutation(1000, 1, 0, 1),
  ].map((order) => all(order).join());
  expect(new Set(orders).size).toBe(orders.length);
  expect(all(new Permutation(1000, 1, 0, 0)).join()).toBe(orders[0]);
});

test('is a fair shuffle: every number is about equally often at every place', () => {
  const size = 10;
  const epochs = 20_000;
  const counts = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const [place, number] of all(new Permutation(size, 42, 7, epoch)).entries())
      counts[place]![number]!++;
  }
  const expected = epochs / size;
  const chiSquare = counts.flat().reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // 81 degrees of freedom: 99.9 % of fair shuffles stay below 126.
  expect(chiSquare).toBeLessThan(126);
});

test('neighbours do not stay together', () => {
  const order = all(new Permutation(60_000, 3, 1, 0));
  const close = order.filter(
    (number, place) => place > 0 && Math.abs(number - order[place - 1]!) < 60,
  ).length;
  // 120 of 60,000 by chance.
  expect(close).toBeGreaterThan(70);
  expect(close).toBeLessThan(180);
});
