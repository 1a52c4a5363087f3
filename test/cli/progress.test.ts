import { createColors } from 'picocolors';
import { expect, test } from 'vitest';
import { duration, Progress } from '../../runtime/cli/progress.ts';
import type { TrainingEvent } from '../../runtime/train/events.ts';

function watched(interactive: boolean, columns = 100) {
  let text = '';
  const progress = new Progress({
    write: (more) => {
      text += more;
    },
    interactive,
    columns,
    colors: createColors(false),
  });
  return { progress, text: () => text };
}

const start: TrainingEvent = {
  event: 'start',
  step: 0,
  steps: 1500,
  time: '2026-01-01T00:00:00.000Z',
  ganc: '0.1.0',
  spec: 'digits',
  hash: '',
  engine: 'wasm',
  seed: 3,
  batch: 64,
  folder: 'runs/digits-1',
};

const step = (number: number): TrainingEvent => ({
  event: 'step',
  step: number,
  losses: { 'loss D': 1.3841, 'loss G': 0.0312 },
  stepsPerSecond: 9.76,
  secondsLeft: 124.7,
});

test('on a terminal one line is drawn over: step, bar, every loss, speed, time left', () => {
  const { progress, text } = watched(true);
  progress.show(start);
  progress.show(step(750));
  const bar = text().split('\x1b[K').at(-1)!;
  expect(bar).toMatch(/^ 750\/1500 ━+─+ {2}loss D 1\.38 {2}loss G 0\.0312 {2}9\.76 steps\/s {2}2:05 left$/);
  const [, full, empty] = /(━+)(─+)/.exec(bar)!;
  expect(Math.abs(full!.length - empty!.length)).toBeLessThanOrEqual(1);
  expect(bar.length).toBeLessThan(100);
});

test('a bar that has no room is left out rather than broken', () => {
  const { progress, text } = watched(true, 50);
  progress.show(start);
  progress.show(step(750));
  expect(text().split('\x1b[K').at(-1)).not.toContain('━');
});

test('on a narrow terminal the line is cut: one that wraps cannot be drawn over', () => {
  const { progress, text } = watched(true, 30);
  progress.show(start);
  progress.show(step(750));
  expect(text().split('\x1b[K').at(-1)).toBe(' 750/1500 loss D 1.38  loss G');
});

test('the first step, in which kernels are made ready, tells nothing of the speed', () => {
  const { progress, text } = watched(false);
  progress.show({ ...start, step: 700 });
  progress.show(step(701));
  expect(text()).toMatch(/^step {2}701\/1500 {2}loss D 1\.38 {2}loss G 0\.0312$/m);
});

test('a note stands above the bar, which comes back', () => {
  const { progress, text } = watched(true);
  progress.show(start);
  progress.show(step(1));
  progress.show({ event: 'samples', step: 1, network: 'G', file: 'a.png' });
  const lines = text().split('\n');
  expect(lines.at(-2)).toMatch(/samples of G after step 1: a\.png$/);
  expect(lines.at(-1)).toMatch(/loss D 1\.38/);
  progress.clear();
  expect(text().endsWith('\r\x1b[K')).toBe(true);
});

test('elsewhere there are whole lines, now and then, and always the last', () => {
  const { progress, text } = watched(false);
  progress.show(start);
  for (let number = 1; number <= 1500; number++) progress.show(step(number));
  expect(text()).not.toContain('\x1b');
  const lines = text().trim().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toBe('training digits for 1500 steps of 64 on wasm, seed 3, in runs/digits-1');
  expect(lines[1]).toMatch(/^step {4}1\/1500 {2}loss D 1\.38/);
  expect(lines[2]).toMatch(/^step 1500\/1500 .* done$/);
});

test.each([
  [0.4, '0 s'],
  [59.4, '59 s'],
  [60, '1:00'],
  [3599.6, '1:00:00'],
  [11_107, '3:05:07'],
])('%d seconds are %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});
