import sharp from 'sharp';
import { expect, test } from 'vitest';
import { curvesSvg, stackedSvg } from '../../runtime/media/curves.ts';
import { niceTicks, tickLabels } from '../../runtime/media/ticks.ts';

const steps = Array.from({ length: 20_000 }, (_, i) => i + 1);
const wave = {
  name: 'loss D',
  steps,
  values: steps.map((step) => Math.sin(step / 900) + 0.2 * Math.sin(step * 7.7)),
};

/** The points of each path that is a curve: [x, y] pairs, raw line and smoothed line in turn. */
function lines(svg: string): [number, number][][] {
  return [...svg.matchAll(/<path d="([^"]*)" stroke="#\w+" stroke-width="[12]"/g)].map((match) =>
    [...match[1]!.matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map((point) => [Number(point[1]), Number(point[2])]),
  );
}

test('is a picture that a strict reader accepts, with names and title as they are', async () => {
  const svg = curvesSvg([wave, { ...wave, name: 'loss <G> & "co"' }], { title: 'a < b' });
  const { width, height } = await sharp(Buffer.from(svg)).metadata();
  expect([width, height]).toEqual([880, 420]);
  expect(svg).toContain('loss D');
  expect(svg).toContain('loss &#60;G&#62; &#38; &#34;co&#34;');
  expect(svg).toContain('a &#60; b');
});

test('a long run stays a small file and keeps its spikes', () => {
  const values = wave.values.slice();
  values[777] = 2.5;
  const svg = curvesSvg([{ ...wave, values }]);
  expect(svg.length).toBeLessThan(30_000);
  const [raw] = lines(svg);
  const spike = raw!.reduce((a, b) => (b[1] < a[1] ? b : a));
  expect(spike[0]).toBeCloseTo(64 + (777 / 19_999) * (880 - 24 - 64), 0);
});

test('the smoothed line lies in the middle of the raw one', () => {
  const flat = { name: 'x', steps, values: steps.map((step) => 3 + (step % 2 ? 1 : -1)) };
  const [raw, smooth] = lines(curvesSvg([flat]));
  const ys = raw!.map(([, y]) => y);
  const middle = (Math.min(...ys) + Math.max(...ys)) / 2;
  for (const [, y] of smooth!.slice(20)) expect(Math.abs(y - middle)).toBeLessThan(3);
});

test('one wild value does not flatten the rest', () => {
  const values = wave.values.slice();
  values[5000] = 1e9;
  const [raw] = lines(curvesSvg([{ ...wave, values }]));
  const ys = raw!.map(([, y]) => y).filter((y) => y > 0);
  expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(200);
});

test.each([
  ['no curve', []],
  ['an empty one', [{ name: 'a', steps: [], values: [] }]],
  ['one point', [{ name: 'a', steps: [5], values: [2] }]],
  ['values that are not numbers', [{ name: 'a', steps: [1, 2, 3], values: [Number.NaN, Infinity, 1] }]],
  ['a constant', [{ name: 'a', steps: [1, 2, 3], values: [0, 0, 0] }]],
])('%s still gives a picture', async (_, curves) => {
  const svg = curvesSvg(curves);
  expect(svg).not.toMatch(/NaN|Infinity/);
  await sharp(Buffer.from(svg)).metadata();
});

test('ticks are round and cover the range; their labels have as many decimals as they need', () => {
  expect(niceTicks(0.13, 0.61, 5)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
  expect(niceTicks(-3, 3, 3)).toEqual([-4, -2, 0, 2, 4]);
  expect(tickLabels([0.8, 1, 1.2])).toEqual(['0.8', '1.0', '1.2']);
  expect(tickLabels([0, 500, 1500])).toEqual(['0', '500', '1,500']);
  expect(tickLabels([0, 20_000, 50_000])).toEqual(['0', '20k', '50k']);
  expect(tickLabels([-2, 0, 2])).toEqual(['−2', '0', '2']);
});

test('a few points are drawn as they are, over the steps that are asked for', () => {
  const figure = { name: 'coverage.modes', steps: [50, 100], values: [3, 8] };
  const svg = curvesSvg([figure], { title: 'coverage.modes', height: 220, steps: [0, 100], smooth: false });
  const [line, ...others] = lines(svg);
  expect(others).toEqual([]);
  expect(line!.map(([x]) => x)).toEqual([64 + (880 - 24 - 64) / 2, 880 - 24]);
  // The title says what it is; a legend would say it again.
  expect(svg.match(/coverage\.modes/g)).toHaveLength(1);
});

test('pictures beneath each other are one file, as high as all of them, each cut at its own edges', async () => {
  const [high, low] = [curvesSvg([wave]), curvesSvg([wave], { height: 220 })];
  const svg = stackedSvg([high, low, low]);
  const { width, height } = await sharp(Buffer.from(svg)).metadata();
  expect([width, height]).toEqual([880, 420 + 2 * 220]);
  const names = [...svg.matchAll(/<clipPath id="([^"]+)"/g)].map(([, name]) => name);
  expect(new Set(names).size).toBe(3);
  for (const name of names) expect(svg).toContain(`clip-path="url(#${name})"`);
  expect(svg.match(/<svg y="\d+"/g)).toEqual(['<svg y="0"', '<svg y="420"', '<svg y="640"']);
});

test('stages of training are named, with a line where each begins', () => {
  const stages = [
    { label: '4×4', start: 0 },
    { label: '8 <8>', start: 5000 },
    { label: 'not begun', start: 30_000 },
  ];
  const svg = curvesSvg([wave], { stages });
  expect(svg).toContain('>4×4</text>');
  expect(svg).toContain('>8 &#60;8&#62;</text>');
  expect(svg).not.toContain('not begun');
  const [line, ...others] = [...svg.matchAll(/<path d="M([\d.]+) [\d.]+V[\d.]+" [^>]*stroke-dasharray/g)];
  expect(others).toEqual([]);
  expect(Number(line![1])).toBeCloseTo(64 + (4999 / 19_999) * (880 - 24 - 64), 0);
});
