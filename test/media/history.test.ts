import sharp from 'sharp';
import { expect, test } from 'vitest';
import { glyphRows, glyphsWidth } from '../../runtime/media/glyphs.ts';
import { gridPng, readGridShape } from '../../runtime/media/grid.ts';
import { historyPng, pickSteps } from '../../runtime/media/history.ts';
import { scatterPng } from '../../runtime/media/scatter.ts';
import { readStamp } from '../../runtime/media/stamp.ts';

const range = { low: 0, high: 255 };

/** A grid of 2 × 3 whose upper row has one level and whose lower row another. */
function grid(step: number, level: number): Promise<Buffer> {
  const values = Float32Array.from({ length: 6 * 4 }, (_, i) => (i < 12 ? level : 7));
  return gridPng({ values, shape: [2, 2, 1], range }, { grid: [2, 3], stamp: { spec: 's', seed: 1, step } });
}

test('shows the first row of every picture in order, with its step, and carries the last stamp', async () => {
  const grids = [await grid(1000, 200), await grid(10, 50), await grid(100, 120)];
  const png = (await historyPng(grids))!;
  expect(readStamp(png)).toEqual({ spec: 's', seed: 1, step: 1000 });
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const one = await sharp(grids[0]!).metadata();
  const cell = (one.height - 2) / 2;
  expect(info.height).toBe(3 * cell + 24);
  const levels = [0, 1, 2].map(
    (i) => data[((12 + i * cell + 20) * info.width + info.width - 40) * info.channels],
  );
  expect(levels).toEqual([50, 120, 200]);
  // Ink left of each strip.
  for (const i of [0, 1, 2]) {
    const rows = data.subarray(
      (12 + i * cell) * info.width * info.channels,
      (12 + (i + 1) * cell) * info.width * info.channels,
    );
    expect([...rows.subarray(0)].includes(31)).toBe(true);
  }
});

test('clouds of points stand side by side', async () => {
  const stamp = (step: number) => ({ spec: 's', seed: 1, step });
  const clouds = [5, 50, 500, 5000].map((step) =>
    scatterPng(Float32Array.of(0, 0, 1, 1), { stamp: stamp(step) }),
  );
  const png = (await historyPng(await Promise.all(clouds)))!;
  const { width, height } = await sharp(png).metadata();
  expect(width).toBe(3 * 312 + 12);
  expect(height).toBe(2 * 340 + 12);
  expect(readStamp(png)).toEqual(stamp(5000));
});

test('pictures without a stamp are passed over', async () => {
  const plain = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  expect(await historyPng([plain])).toBeNull();
  expect(await historyPng([])).toBeNull();
  expect(readGridShape(plain)).toBeNull();
  expect(readGridShape(await grid(1, 1))).toEqual({ rows: 2, columns: 3, gap: 2 });
});

test('the steps shown are the first, the last, and ones that grow by a factor', () => {
  const steps = Array.from({ length: 15 }, (_, i) => 100 * (i + 1));
  expect(pickSteps(steps, 6)).toEqual([100, 200, 300, 500, 900, 1500]);
  expect(pickSteps([30, 10, 20], 6)).toEqual([10, 20, 30]);
  expect(pickSteps([0, 1, 2, 3, 4, 5, 6, 7], 4)).toHaveLength(4);
});

test('letters are as wide as promised', () => {
  for (const text of ['step 1,500', '', '7']) {
    for (const row of glyphRows(text)) expect(row.length).toBe(glyphsWidth(text));
  }
});
