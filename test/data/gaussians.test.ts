import { expect, test } from 'vitest';
import { open } from '../../runtime/data/loader.ts';
import { facts } from './facts.ts';

async function all(source: string, args: Record<string, unknown>, classes: number, seed = 1) {
  const set = facts(source, args, { point: [2], mode: classes }, [-Infinity, Infinity]);
  const loader = await open(set, '.', { batch: 50_000, seed });
  const batch = await loader.batch(0);
  return { size: loader.size, points: batch.point!, modes: batch.mode! };
}

/** Mean and standard deviation of the points of each mode. */
function moments(points: ArrayLike<number>, modes: ArrayLike<number>, count: number) {
  return Array.from({ length: count }, (_, mode) => {
    const xy = Array.from({ length: modes.length }, (_, i) => i)
      .filter((i) => modes[i] === mode)
      .map((i) => [points[2 * i]!, points[2 * i + 1]!] as const);
    const mean = [0, 1].map((axis) => xy.reduce((sum, point) => sum + point[axis]!, 0) / xy.length);
    const std = [0, 1].map((axis) =>
      Math.sqrt(xy.reduce((sum, point) => sum + (point[axis]! - mean[axis]!) ** 2, 0) / xy.length),
    );
    return { count: xy.length, mean, std };
  });
}

test('ring: 8 centres on the unit circle, standard deviation 0.01, 100,000 points', async () => {
  const { size, points, modes } = await all('gaussians.ring', {}, 8);
  expect(size).toBe(100_000);
  for (const [mode, { count, mean, std }] of moments(points, modes, 8).entries()) {
    expect(count).toBeGreaterThan(5900);
    expect(mean[0]).toBeCloseTo(Math.cos((mode * Math.PI) / 4), 3);
    expect(mean[1]).toBeCloseTo(Math.sin((mode * Math.PI) / 4), 3);
    for (const spread of std) expect(Math.abs(spread - 0.01)).toBeLessThan(0.0004);
  }
});

test('grid: 25 centres at {-4, -2, 0, 2, 4}², standard deviation 0.05', async () => {
  const { points, modes } = await all('gaussians.grid', {}, 25);
  const centres = moments(points, modes, 25).map(({ mean }) =>
    mean.map((value) => Math.round(value * 100) / 100 + 0),
  );
  const expected = [-4, -2, 0, 2, 4].flatMap((y) => [-4, -2, 0, 2, 4].map((x) => [x, y]));
  for (const [mode, centre] of centres.entries()) {
    expect(centre[0]).toBeCloseTo(expected[mode]![0]!, 1);
    expect(centre[1]).toBeCloseTo(expected[mode]![1]!, 1);
  }
});

test('the seed decides the points; arguments decide the rest', async () => {
  const first = await all('gaussians.ring', {}, 8, 1);
  const same = await all('gaussians.ring', {}, 8, 1);
  const other = await all('gaussians.ring', {}, 8, 2);
  expect(same.points).toEqual(first.points);
  expect(other.points).not.toEqual(first.points);
  const { size, points, modes } = await all(
    'gaussians.ring',
    { modes: 3, radius: 5, std: 0.5, points: 30_000 },
    3,
  );
  expect(size).toBe(30_000);
  for (const { mean, std } of moments(points, modes, 3)) {
    expect(Math.hypot(...mean)).toBeCloseTo(5, 1);
    expect(std[0]).toBeCloseTo(0.5, 1);
  }
});

test('a range that is too small, another number of centres, another shape', async () => {
  const refusal = (set: ReturnType<typeof facts>) =>
    open(set, '.', { batch: 1, seed: 0 }).catch((error) => error);
  const narrow = await refusal(facts('gaussians.ring', {}, { point: [2] }, [-1, 1]));
  expect(narrow.code).toBe('data-range-violated');
  expect(narrow.message).toMatch(
    /^set\.point is declared in \[-1, 1\], but point \d+ of gaussians\.ring has the value/,
  );
  expect(narrow.help).toBe('declare it in [-2, 2], or without a range');
  const count = await refusal(facts('gaussians.grid', {}, { point: [2], mode: 24 }, [-9, 9]));
  expect(count.message).toBe('set.mode is label(24), but gaussians.grid has 25 centres');
  const shape = await refusal(facts('gaussians.grid', {}, { point: [3] }, [-9, 9]));
  expect(shape.message).toBe('set.point is [3], but points of the plane are [2]');
});
