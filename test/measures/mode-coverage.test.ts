import { expect, test } from 'vitest';
import { modeCoverage } from '../../compiler/measures/mode-coverage.ts';
import { gaussiansGrid } from '../../compiler/sources/gaussians-grid.ts';
import { figuresOf } from './seen.ts';

// Four modes, at the corners of a square.
const modes = {
  data: {
    centres: [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ],
    std: 0.1,
  },
};
const coverage = (made: readonly (readonly number[])[], within = 3) =>
  figuresOf(modeCoverage, { made }, { modes, args: { within } });

test('a mode is found by one sample within reach, and every sample counts for its nearest centre', () => {
  const made = [
    [1, 1],
    [1.2, 1.2], // √0.08 = 0.283 away
    [1.25, 1.25], // 0.354 away
    [-1, 0.5],
  ];
  // Shares 3/4 and 1/4 of four modes.
  const divergence = 0.75 * Math.log(3) + 0.25 * Math.log(1);
  expect(coverage(made)).toEqual({ modes: 1, high_quality: 0.5, reverse_kl: expect.closeTo(divergence, 12) });
  expect(coverage(made, 5)).toMatchObject({ modes: 2, high_quality: 1 });
});

test('an even spread has no divergence, one mode has the logarithm of their number', () => {
  expect(coverage(modes.data.centres)).toEqual({ modes: 4, high_quality: 1, reverse_kl: 0 });
  const { reverse_kl } = coverage([
    [1, 1],
    [1, 1],
  ]);
  expect(reverse_kl).toBeCloseTo(Math.log(4), 12);
});

test('samples that are not finite are of no mode, and are not good', () => {
  const figures = coverage([
    [1, 1],
    [Number.NaN, 0],
  ]);
  expect(figures).toMatchObject({ modes: 1, high_quality: 0.5 });
  expect(coverage([[Number.NaN, Number.NaN]]).reverse_kl).toBeNaN();
});

test('real points of the grid find all modes; of a normal cloud 98.9 % lie within three deviations', () => {
  const grid = gaussiansGrid.modes!((name) => ({ side: 5, spacing: 2, std: 0.05 })[name]!);
  expect(grid.centres).toHaveLength(25);
  // Rings around each centre at the quantiles of the distance from it, which has a Rayleigh distribution.
  const distances = Array.from(
    { length: 200 },
    (_, i) => 0.05 * Math.sqrt(-2 * Math.log(1 - (i + 0.5) / 200)),
  );
  const made = grid.centres.flatMap(([x, y]) =>
    distances.map((d, i) => [x! + d * Math.cos(i), y! + d * Math.sin(i)]),
  );
  const figures = figuresOf(modeCoverage, { made }, { modes: { data: grid } });
  expect(figures).toMatchObject({ modes: 25, reverse_kl: 0 });
  expect(figures.high_quality).toBeCloseTo(1 - Math.exp(-4.5), 2);
});
