import { expect, test } from 'vitest';
import { frechetDistance } from '../../compiler/measures/frechet-distance.ts';
import { draw } from '../reference/draw.ts';
import { figuresOf } from './seen.ts';

/** Vectors of n numbers between -1 and 1, each axis stretched and moved. */
function cloud(count: number, stretch: readonly number[], move: readonly number[], seed: number): number[][] {
  const { data } = draw({ shape: [count, stretch.length] }, seed);
  return Array.from({ length: count }, (_, row) =>
    stretch.map((factor, axis) => Math.fround(move[axis]! + factor * data[row * stretch.length + axis]!)),
  );
}

const distance = (made: number[][], real: number[][]) => figuresOf(frechetDistance, { made, real }).distance!;

test('of a set from itself it is 0, and from the same moved by d it is d²', () => {
  const real = cloud(400, [1, 2, 0.5], [0, 0, 0], 1);
  expect(distance(real, real)).toBeCloseTo(0, 9);
  const moved = real.map(([x, y, z]) => [x! + 3, y! - 4, z!]);
  expect(distance(moved, real)).toBeCloseTo(25, 4);
});

test('of a set stretched along its axes it is the sum of squared differences of standard deviations', () => {
  // Four corners: the covariance is diagonal, whatever the stretch, so the root of the product is known.
  const corners = (a: number, b: number) => [
    [a, b],
    [a, -b],
    [-a, b],
    [-a, -b],
  ];
  const deviation = (value: number) => value * Math.sqrt(4 / 3);
  const expected = (deviation(3) - deviation(1)) ** 2 + (deviation(0.5) - deviation(2)) ** 2;
  expect(distance(corners(3, 0.5), corners(1, 2))).toBeCloseTo(expected, 12);
});

test('it does not matter how the axes lie, and which set is which', () => {
  const [a, b] = [cloud(300, [1, 3], [0, 1], 2), cloud(300, [2, 0.3], [1, 0], 3)];
  const turned = (rows: number[][]) =>
    rows.map(([x, y]) => [Math.cos(0.7) * x! - Math.sin(0.7) * y!, Math.sin(0.7) * x! + Math.cos(0.7) * y!]);
  expect(distance(turned(a), turned(b))).toBeCloseTo(distance(a, b), 5);
  expect(distance(b, a)).toBeCloseTo(distance(a, b), 10);
});

test('features of one constant value are no trouble', () => {
  const [a, b] = [cloud(50, [1, 0], [0, 5], 4), cloud(50, [1, 0], [0, 5], 5)];
  expect(distance(a, b)).toBeGreaterThanOrEqual(0);
  expect(distance(a, b)).toBeLessThan(0.2);
});

test('with samples that are not finite there is no distance', () => {
  expect(distance([[1], [Number.NaN]], [[1], [2]])).toBeNaN();
});
