import sharp from 'sharp';
import { expect, test } from 'vitest';
import { clipWebp, gridPng, imagePng, movingGrid } from '../../runtime/media/grid.ts';
import { npyFile } from '../../runtime/media/npy.ts';
import { toBytes } from '../../runtime/media/samples.ts';
import { bestFile, samplesFile } from '../../runtime/media/samples-file.ts';
import { samplesPng } from '../../runtime/media/samples-png.ts';
import { readStamp } from '../../runtime/media/stamp.ts';

const range = { low: -1, high: 1 };

async function pixels(png: Buffer) {
  const { data, info } = await sharp(png)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    ...info,
    at: (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)],
  };
}

test('values become levels: ends exact, outside cut off, what is not a number black', () => {
  expect([...toBytes(Float32Array.of(-1, 1, 0, -5, 5, Number.NaN), range)]).toEqual([0, 255, 128, 0, 255, 0]);
  expect([...toBytes(Float32Array.of(0, 1, 0.2), { low: 0, high: 1 })]).toEqual([0, 255, 51]);
  expect([...toBytes(Float32Array.of(-1, 1), { low: -Infinity, high: Infinity })]).toEqual([0, 255]);
});

test('every byte survives the way to a range and back', () => {
  for (const [low, high] of [
    [-1, 1],
    [0, 1],
    [0, 255],
  ] as const) {
    const values = Float32Array.from(
      { length: 256 },
      (_, level) => (low * (255 - level) + high * level) / 255,
    );
    expect([...toBytes(values, { low, high })]).toEqual(Array.from({ length: 256 }, (_, level) => level));
  }
});

test('images stand row by row, enlarged by a whole factor, with white gaps', async () => {
  // Six images of 2 × 2, each of one grey of its own.
  const values = Float32Array.from({ length: 24 }, (_, i) => (Math.floor(i / 4) * 51 * 2) / 255 - 1);
  const png = await gridPng({ values, shape: [2, 2, 1], range }, { grid: [2, 3], gap: 2 });
  const picture = await pixels(png);
  const cell = (picture.width - 2) / 3;
  expect(Number.isInteger((cell - 2) / 2)).toBe(true);
  expect(picture.height).toBe(2 * cell + 2);
  for (let i = 0; i < 6; i++) {
    const level = i * 51;
    const middle = [2 + (i % 3) * cell + 50, 2 + Math.floor(i / 3) * cell + 50] as const;
    expect(picture.at(...middle)).toEqual([level, level, level]);
  }
  expect(picture.at(0, 0)).toEqual([255, 255, 255]);
  expect(picture.at(cell, 30)).toEqual([255, 255, 255]);
});

test('colour, transparency on white, and a stamp', async () => {
  const stamp = { spec: 'abc', seed: 1, step: 2 };
  const red = await gridPng({ values: Float32Array.of(1, -1, -1), shape: [1, 1, 3], range }, { stamp });
  expect((await pixels(red)).at(100, 100)).toEqual([255, 0, 0]);
  expect(readStamp(red)).toEqual(stamp);
  const clear = await gridPng({ values: Float32Array.of(1, -1, -1, -1), shape: [1, 1, 4], range });
  expect((await pixels(clear)).at(100, 100)).toEqual([255, 255, 255]);
});

test('images that are large are not enlarged, and missing ones stay white', async () => {
  const picture = await pixels(
    await gridPng({ values: new Float32Array(3 * 512 * 512), shape: [512, 512, 1], range }, { grid: [2, 2] }),
  );
  expect([picture.width, picture.height]).toEqual([2 * 512 + 6, 2 * 512 + 6]);
  expect(picture.at(900, 900)).toEqual([255, 255, 255]);
  expect(picture.at(100, 900)).toEqual([128, 128, 128]);
});

test('a clip is a row of frames', async () => {
  const values = Float32Array.of(-1, 0, 1, 1, 0, -1);
  const picture = await pixels(await gridPng({ values, shape: [3, 1, 1, 1], range }, { gap: 0 }));
  expect(picture.width / 3).toBe(picture.height / 2);
  const side = picture.height / 2;
  const row = (y: number) => [0, 1, 2].map((x) => picture.at(x * side + 3, y * side + 3)[0]);
  expect(row(0)).toEqual([0, 128, 255]);
  expect(row(1)).toEqual([255, 128, 0]);
});

test('one image alone is as large as it is', async () => {
  const values = Float32Array.of(-1, -1, 1, 0);
  const picture = await pixels(await imagePng({ values, shape: [1, 2, 1], range }, 1));
  expect([picture.width, picture.height]).toEqual([2, 1]);
  expect([picture.at(0, 0)[0], picture.at(1, 0)[0]]).toEqual([255, 128]);
});

test('one image alone keeps its transparency', async () => {
  const clear = await imagePng({ values: Float32Array.of(1, 1, -1, 0), shape: [1, 1, 4], range }, 0);
  expect([...(await sharp(clear).raw().toBuffer())]).toEqual([255, 255, 0, 128]);
});

/** The red of a pixel in every page. */
async function pages(file: Buffer, x: number, y: number) {
  const { data, info } = await sharp(file, { animated: true }).raw().toBuffer({ resolveWithObject: true });
  const height = info.pageHeight ?? info.height;
  const count = info.height / height;
  const at = (page: number) => ((page * height + y) * info.width + x) * info.channels;
  return {
    count,
    height,
    width: info.width,
    reds: Array.from({ length: count }, (_, page) => data[at(page)]),
  };
}

// Two clips of three grey pixels.
const clips = { values: Float32Array.of(-1, 0, 1, 1, 0, -1), shape: [3, 1, 1, 1], range };

test.each(['webp', 'gif'] as const)('clips move side by side in a .%s', async (format) => {
  const file = await movingGrid(clips, format, { grid: [1, 2], gap: 1, scale: 4 });
  const { delay, loop, format: written } = await sharp(file, { animated: true }).metadata();
  expect({ written, delay, loop }).toEqual({ written: format, delay: [100, 100, 100], loop: 0 });
  expect(await pages(file, 2, 2)).toEqual({ count: 3, height: 6, width: 11, reds: [0, 128, 255] });
  expect((await pages(file, 7, 2)).reds).toEqual([255, 128, 0]);
  expect((await pages(file, 5, 2)).reds).toEqual([255, 255, 255]);
});

test('one clip alone is as large as it is', async () => {
  expect(await pages(await clipWebp(clips, 1), 0, 0)).toEqual({
    count: 3,
    height: 1,
    width: 1,
    reds: [255, 128, 0],
  });
});

test('numbers of any shape are a file of NumPy', async () => {
  const samples = { values: Float32Array.of(1, 2, 3, 4, 5, -0.5), shape: [3], range };
  const file = (await samplesFile(samples, '.npy'))!;
  expect(file.toString('latin1', 0, 8)).toBe('\x93NUMPY\x01\0');
  const start = 10 + file.readUInt16LE(8);
  expect(start % 64).toBe(0);
  expect(file.toString('latin1', 10, start)).toMatch(
    /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), \} *\n$/,
  );
  expect([0, 1, 2, 3, 4, 5].map((at) => file.readFloatLE(start + 4 * at))).toEqual([...samples.values]);
  expect(file.length).toBe(start + 24);
  expect(npyFile(Float32Array.of(1), [1]).toString('latin1')).toContain("'shape': (1,)");
});

test('the file that shows most of samples: clips move, series are numbers', async () => {
  expect([[4, 4, 3], [2], [16, 8, 8, 1], [24, 5], [100], [4, 4, 7]].map(bestFile)).toEqual([
    '.png',
    '.png',
    '.webp',
    '.npy',
    '.npy',
    '.npy',
  ]);
  expect(await samplesFile({ values: new Float32Array(10), shape: [5], range }, '.gif')).toBeNull();
});

test('what is drawn follows from the shape', async () => {
  const draw = (shape: number[]) =>
    samplesPng({ values: new Float32Array(4 * shape.reduce((a, b) => a * b, 1)), shape, range });
  expect(await draw([4, 4, 3])).toBeInstanceOf(Buffer);
  expect(await draw([2, 4, 4, 1])).toBeInstanceOf(Buffer);
  expect(await draw([2])).toBeInstanceOf(Buffer);
  expect(await draw([100])).toBeNull();
  expect(await draw([4, 4, 7])).toBeNull();
});
