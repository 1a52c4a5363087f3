import { expect, test } from 'vitest';
import { pairwiseDistance } from '../../compiler/measures/pairwise-distance.ts';
import { figuresOf } from './seen.ts';

test('the mean of the root mean square difference of neighbours, round the list', () => {
  const made = [
    [0, 0],
    [1, 1],
    [1, -1],
  ];
  const real = [
    [0, 0],
    [3, 4],
    [3, 4],
  ];
  const ofMade = (1 + Math.SQRT2 + 1) / 3;
  const ofReal = (2 * Math.sqrt(12.5)) / 3;
  expect(figuresOf(pairwiseDistance, { made, real })).toEqual({
    made: expect.closeTo(ofMade, 12),
    real: expect.closeTo(ofReal, 12),
    ratio: expect.closeTo(ofMade / ofReal, 12),
  });
});

test('a generator that always makes the same has no diversity', () => {
  const made = [
    [1, 2],
    [1, 2],
  ];
  const real = [
    [0, 1],
    [1, 0],
  ];
  expect(figuresOf(pairwiseDistance, { made, real })).toEqual({ made: 0, real: 1, ratio: 0 });
});
