import { expect, test } from 'vitest';
import { layers } from '../../compiler/layers/index.ts';
import * as t from '../../compiler/tensor/index.ts';
import { interpret } from '../reference/interpreter.ts';
import { applied } from './applied.ts';
import { readCall } from './written-call.ts';

const [N, H, W, C] = [40, 8, 6, 3];
const SHAPE = [N, H, W, C];
const at = (image: number, row: number, column: number, channel: number) =>
  ((image * H + row) * W + column) * C + channel;
/** Every number is its own place in the image, plus one: none is zero. */
const X = Float64Array.from({ length: N * H * W * C }, (_, index) => (index % (H * W * C)) + 1);

function augmented(call: string, training = true): Float64Array {
  const { definition, args } = readCall(call, layers);
  const builder = new t.Builder('augment');
  const x = t.input(builder, { name: 'x', shape: SHAPE, dtype: 'f32', from: { kind: 'count' } });
  const y = applied(definition, args, [], [x], builder, { training });
  builder.output('y', y);
  return interpret(builder.finish(), { x: X }).outputs.y!;
}

const images = Array.from({ length: N }, (_, image) => image);
const pixels = Array.from({ length: H * W }, (_, pixel) => [Math.floor(pixel / W), pixel % W] as const);

test.each(['diff_augment', 'random_brightness', 'random_flip', 'random_cutout'])(
  '%s does nothing in sampling',
  (call) => {
    expect(augmented(call, false)).toEqual(X);
  },
);

test('random_brightness adds one number to all of an image, another one to each, between −amount and amount', () => {
  const y = augmented('random_brightness(0.3)');
  const added = images.map((image) => {
    const first = y[at(image, 0, 0, 0)]! - X[at(image, 0, 0, 0)]!;
    for (const [row, column] of pixels)
      for (let c = 0; c < C; c++)
        expect(y[at(image, row, column, c)]! - X[at(image, row, column, c)]!).toBeCloseTo(first, 10);
    return first;
  });
  expect(Math.max(...added)).toBeGreaterThan(0.2);
  expect(Math.max(...added)).toBeLessThanOrEqual(0.3);
  expect(Math.min(...added)).toBeLessThan(-0.2);
  expect(Math.min(...added)).toBeGreaterThanOrEqual(-0.3);
});

test('random_saturation keeps the mean of a pixel and stretches around it by 0 to 2', () => {
  const y = augmented('random_saturation');
  const factors = images.map((image) => {
    const factor = (y[at(image, 0, 0, 2)]! - y[at(image, 0, 0, 0)]!) / 2;
    for (const [row, column] of pixels) {
      const grey = X[at(image, row, column, 1)]!;
      for (let c = 0; c < C; c++)
        expect(y[at(image, row, column, c)]).toBeCloseTo(grey + factor * (c - 1), 9);
    }
    return factor;
  });
  expect(Math.min(...factors)).toBeGreaterThanOrEqual(0);
  expect(Math.min(...factors)).toBeLessThan(0.3);
  expect(Math.max(...factors)).toBeGreaterThan(1.7);
  expect(Math.max(...factors)).toBeLessThanOrEqual(2);
});

test('random_contrast stretches around the mean of an image by 0.5 to 1.5', () => {
  const y = augmented('random_contrast');
  const mean = (H * W * C + 1) / 2;
  const factors = images.map((image) => {
    const factor = (y[at(image, 0, 0, 0)]! - mean) / (1 - mean);
    for (const [row, column] of pixels)
      for (let c = 0; c < C; c++) {
        const x = X[at(image, row, column, c)]!;
        expect(y[at(image, row, column, c)]).toBeCloseTo(mean + factor * (x - mean), 9);
      }
    return factor;
  });
  expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.5);
  expect(Math.min(...factors)).toBeLessThan(0.6);
  expect(Math.max(...factors)).toBeGreaterThan(1.4);
  expect(Math.max(...factors)).toBeLessThanOrEqual(1.5);
});

test('random_flip mirrors whole images, about as many as wanted', () => {
  const flipped = (call: string) => {
    const y = augmented(call);
    return images.filter((image) => {
      const is = (mirrored: boolean) =>
        pixels.every(([row, column]) => {
          const from = mirrored ? W - 1 - column : column;
          return [0, 1, 2].every((c) => y[at(image, row, column, c)] === X[at(image, row, from, c)]);
        });
      expect(is(true) || is(false)).toBe(true);
      return is(true);
    }).length;
  };
  expect(flipped('random_flip(0)')).toBe(0);
  expect(flipped('random_flip(1)')).toBe(N);
  expect(Math.abs(flipped('random_flip') - N / 2)).toBeLessThan(N / 4);
  expect(flipped('random_flip(0.1)')).toBeLessThan(N / 4);
});

test('random_translation moves whole images by whole pixels, as far as a quarter of their size, and fills with zeros', () => {
  const y = augmented('random_translation(0.25)');
  const seen = new Set<string>();
  for (const image of images) {
    // Which move explains the image: 2 rows and 2 columns at most.
    const moves = [-2, -1, 0, 1, 2].flatMap((down) =>
      [-2, -1, 0, 1, 2].map((right) => [down, right] as const),
    );
    const fitting = moves.filter(([down, right]) =>
      pixels.every(([row, column]) => {
        const [from, side] = [row - down, column - right];
        const inside = from >= 0 && from < H && side >= 0 && side < W;
        return [0, 1, 2].every(
          (c) => y[at(image, row, column, c)] === (inside ? X[at(image, from, side, c)] : 0),
        );
      }),
    );
    expect(fitting).toHaveLength(1);
    seen.add(String(fitting[0]));
  }
  expect(seen.size).toBeGreaterThan(12);
});

/** Where a window of an image was cut out: its first row and column. */
function windowOf(y: Float64Array, image: number, size: number): readonly [number, number] {
  const first = y[image * size * size * C]! - 1;
  const [top, left] = [Math.floor(first / (W * C)), (first % (W * C)) / C];
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      for (let c = 0; c < C; c++)
        expect(y[((image * size + row) * size + column) * C + c]).toBe(
          X[at(image, top + row, left + column, c)],
        );
  return [top, left];
}

test('random_crop cuts a whole window out of every image, anywhere inside', () => {
  const y = augmented('random_crop(5)');
  expect(y).toHaveLength(N * 5 * 5 * C);
  const windows = images.map((image) => windowOf(y, image, 5));
  // 4 rows and 2 columns to begin at, the last of them as well as the first.
  expect([...new Set(windows.map(([top]) => top))].sort()).toEqual([0, 1, 2, 3]);
  expect([...new Set(windows.map(([, left]) => left))].sort()).toEqual([0, 1]);
  expect(new Set(windows.map(String)).size).toBeGreaterThan(5);
});

test('random_crop takes the middle in sampling, and along an axis that fits all there is', () => {
  const middle = augmented('random_crop(4)', false);
  for (const image of images) expect(windowOf(middle, image, 4)).toEqual([2, 1]);
  const whole = augmented('random_crop(6)');
  expect(new Set(images.map((image) => windowOf(whole, image, 6)[1]))).toEqual(new Set([0]));
});

test('random_cutout puts zeros into a rectangle of half the size, which may reach over the border', () => {
  const y = augmented('random_cutout');
  const heights = new Set<number>();
  for (const image of images) {
    const isCut = (row: number, column: number) => y[at(image, row, column, 0)] === 0;
    const rows = [...new Set(pixels.filter(([r, c]) => isCut(r, c)).map(([r]) => r))];
    const columns = [...new Set(pixels.filter(([r, c]) => isCut(r, c)).map(([, c]) => c))];
    for (const [row, column] of pixels) {
      const inside = rows.includes(row) && columns.includes(column);
      for (let c = 0; c < C; c++)
        expect(y[at(image, row, column, c)]).toBe(inside ? 0 : X[at(image, row, column, c)]);
    }
    expect(Math.max(...rows) - Math.min(...rows) + 1).toBe(rows.length);
    expect(rows.length).toBeLessThanOrEqual(4);
    expect(columns.length).toBeLessThanOrEqual(3);
    heights.add(rows.length);
  }
  // Whole ones, and some that reach over the border.
  expect(heights.has(4)).toBe(true);
  expect(heights.size).toBeGreaterThan(1);
});

test.each([
  'diff_augment',
  'random_brightness',
  'random_contrast',
  'random_saturation',
  'random_flip',
  'random_translation',
  'random_cutout',
  'random_crop(5)',
])('%s changes all frames of a clip alike, and each clip another way', (call) => {
  const { definition, args } = readCall(call, layers);
  const frames = 3;
  const builder = new t.Builder('augment');
  const shape = [N, frames, H, W, C];
  const x = t.input(builder, { name: 'x', shape, dtype: 'f32', from: { kind: 'count' } });
  const y = applied(definition, args, [], [x], builder, { training: true });
  builder.output('y', y);
  // The same picture in every frame of every clip.
  const values = Float64Array.from({ length: t.sizeOf(shape) }, (_, index) => X[index % (H * W * C)]!);
  const made = interpret(builder.finish(), { x: values }).outputs.y!;
  const size = t.sizeOf(y.shape.slice(2));
  const frame = (clip: number, at: number) =>
    made.slice((clip * frames + at) * size, (clip * frames + at + 1) * size);
  for (const clip of images) {
    expect(frame(clip, 1)).toEqual(frame(clip, 0));
    expect(frame(clip, 2)).toEqual(frame(clip, 0));
  }
  expect(new Set(images.map((clip) => frame(clip, 0).join())).size).toBeGreaterThan(1);
});

test('the phase shuffle on the page of conv1d moves a sequence and mirrors its ends', () => {
  const [length, most] = [6, 2];
  const builder = new t.Builder('shuffle');
  const shape = [N, length, 1];
  let y: t.Value = t.input(builder, { name: 'x', shape, dtype: 'f32', from: { kind: 'count' } });
  const calls = [
    'pad(2, mode: "reflect")',
    'reshape(10, 1, 1)',
    `random_translation(${most / (length + 2 * most)})`,
    'reshape(10, 1)',
    'crop(2)',
  ];
  for (const call of calls) {
    const { definition, args } = readCall(call, layers);
    y = applied(definition, args, [], [y], builder, { training: true });
  }
  builder.output('y', y);
  const x = Float64Array.from({ length: N * length }, (_, index) => index % length);
  const made = interpret(builder.finish(), { x }).outputs.y!;
  const moved = images.map((image) => made.slice(image * length, (image + 1) * length).join(''));
  expect([...new Set(moved)].sort()).toEqual(['012345', '101234', '123454', '210123', '234543']);
});
