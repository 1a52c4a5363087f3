import { expect, test } from 'vitest';
import { motionDistance } from '../../compiler/measures/motion-distance.ts';
import { figuresOf } from './seen.ts';

const FRAMES = 6;
const shape = [FRAMES, 1, 1, 1];
/** A clip of one pixel. */
const clip = (at: (frame: number) => number) => Array.from({ length: FRAMES }, (_, frame) => at(frame));
const measured = (made: number[][], real: number[][]) => figuresOf(motionDistance, { made, real }, { shape });

// Real clips brighten evenly, one twice as fast as the other.
const real = [clip((frame) => frame / 8), clip((frame) => frame / 4)];

test('clips that move as the data do have no distance, whatever they show', () => {
  const made = [clip((frame) => 1 - frame / 4), clip((frame) => -frame / 8)];
  expect(measured(made, real)).toEqual({ distance: 0, made: 0.1875, real: 0.1875 });
});

test('a frame that stands still is as far as the data move', () => {
  const still = [clip(() => 0.5), clip(() => -0.5)];
  // Over k frames real clips move by k/8 and k/4; the mean over k from 1 to 5 of their mean.
  expect(measured(still, real)).toEqual({ distance: (3 * 0.1875 * 5) / 5, made: 0, real: 0.1875 });
});

test('flicker that moves as much from frame to frame is found out over two', () => {
  const flicker = [clip((frame) => (frame % 2) / 8), clip((frame) => (frame % 2) / 4)];
  const { distance, made } = measured(flicker, real);
  expect(made).toBe(0.1875);
  expect(distance).toBeGreaterThan(0.3);
});

test('clips that all move alike are not those that move as differently as the data', () => {
  const alike = [clip((frame) => 0.1875 * frame), clip((frame) => 0.1875 * frame)];
  const { distance, made } = measured(alike, real);
  expect(made).toBe(0.1875);
  expect(distance).toBeGreaterThan(0.1);
});
