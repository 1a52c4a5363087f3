import { describe, expect, test } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { layers } from '../../compiler/layers/index.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
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

/** `chance` is p, of a layer that has it beside the images. */
function augmented(call: string, training = true, pictures = X, shape = SHAPE, chance = 0.8): Float64Array {
  const { definition, args } = readCall(call, layers);
  const builder = new t.Builder('augment');
  const x = t.input(builder, { name: 'x', shape, dtype: 'f32', from: { kind: 'count' } });
  const sides = (definition.sides ?? []).map(() => t.constant(builder, chance));
  const y = applied(definition, args, [], [x, ...sides], builder, { training });
  builder.output('y', y);
  return interpret(builder.finish(), { x: pictures }).outputs.y!;
}

const images = Array.from({ length: N }, (_, image) => image);
const pixels = Array.from({ length: H * W }, (_, pixel) => [Math.floor(pixel / W), pixel % W] as const);

test.each([
  'diff_augment',
  'random_brightness',
  'random_flip',
  'random_cutout',
  'random_turn',
  'random_rotation',
  'random_scale',
  'random_hue',
  'random_luma_flip',
  'adaptive_augment',
])('%s does nothing in sampling', (call) => {
  expect(augmented(call, false)).toEqual(X);
});

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

/** Pictures of 9 × 7 that say of every pixel where it is, down and right of the middle: read between pixels, they say it as well. */
const placeOf = (pixel: number) => [Math.floor(pixel / 7) - 4, (pixel % 7) - 3] as const;

/** Where the pixels of every picture were read after a change, which is checked to be linear, and zeros to be around. */
function matrices(call: string) {
  const data = Float64Array.from(
    { length: N * 63 * 2 },
    (_, at) => placeOf(Math.floor(at / 2) % 63)[at % 2]!,
  );
  const y = augmented(call, true, data, [N, 9, 7, 2]);
  return images.map((image) => {
    const read = (row: number, column: number) => {
      const first = ((image * 9 + row + 4) * 7 + column + 3) * 2;
      return [y[first]!, y[first + 1]!] as const;
    };
    expect(read(0, 0)).toEqual([0, 0]);
    const [down, right] = [read(1, 0), read(0, 1)];
    const seen = { inside: 0, outside: 0 };
    for (let pixel = 0; pixel < 63; pixel++) {
      const [row, column] = placeOf(pixel);
      const from = [0, 1].map((axis) => row * down[axis]! + column * right[axis]!);
      const [beyond, aside] = [Math.abs(from[0]!) - 4, Math.abs(from[1]!) - 3];
      if (Math.max(beyond, aside) <= 0) {
        seen.inside++;
        for (const axis of [0, 1]) expect(read(row, column)[axis]).toBeCloseTo(from[axis]!, 9);
      } else if (Math.max(beyond, aside) >= 1) {
        seen.outside++;
        expect(read(row, column)).toEqual([0, 0]);
      }
    }
    return { down, right, ...seen };
  });
}

test('random_rotation turns images around their middle, by angles up to the wanted one, and reads zeros where there is nothing', () => {
  const turns = matrices('random_rotation(120, outside: "zeros")');
  const angles = turns.map(({ down, right }) => {
    // A turn: no length changes, and nothing is mirrored.
    expect(down[0]).toBeCloseTo(right[1], 9);
    expect(down[1]).toBeCloseTo(-right[0], 9);
    expect(Math.hypot(...down)).toBeCloseTo(1, 9);
    return (Math.atan2(right[0], right[1]) * 180) / Math.PI;
  });
  expect(Math.max(...angles)).toBeLessThanOrEqual(120);
  expect(Math.max(...angles)).toBeGreaterThan(90);
  expect(Math.min(...angles)).toBeGreaterThanOrEqual(-120);
  expect(Math.min(...angles)).toBeLessThan(-90);
  expect(Math.min(...turns.map(({ inside }) => inside))).toBeGreaterThan(30);
  expect(Math.max(...turns.map(({ outside }) => outside))).toBeGreaterThan(5);
});

test.each(['zoom', 'stretch'])(
  'random_scale, mode %s, scales around the middle by a bell curve of octaves',
  (mode) => {
    const octaves = matrices(`random_scale(0.3, mode: "${mode}", outside: "zeros")`).map(
      ({ down, right }) => {
        expect([down[1], right[0]]).toEqual([0, 0]);
        const [height, width] = [1 / down[0], 1 / right[1]];
        expect(height).toBeCloseTo(mode === 'zoom' ? width : 1 / width, 9);
        return Math.log2(width);
      },
    );
    const deviation = Math.sqrt(octaves.reduce((sum, octave) => sum + octave ** 2, 0) / N);
    expect(deviation).toBeGreaterThan(0.2);
    expect(deviation).toBeLessThan(0.4);
  },
);

test.each([
  { side: 6, turns: 4 },
  { side: 5, turns: 2 },
])('random_turn puts the pixels of $side × 6 images elsewhere, in $turns ways', ({ side, turns }) => {
  const pictures = Float64Array.from({ length: N * side * 6 }, (_, at) => at % (side * 6));
  const y = augmented('random_turn', true, pictures, [N, side, 6, 1]);
  const picture = (from: Float64Array, image: number) => from.slice(image * side * 6, (image + 1) * side * 6);
  const original = picture(pictures, 0);
  // By a quarter against the clock: the last column becomes the first row.
  const quarter = (from: Float64Array) => from.map((_, at) => from[(at % 6) * 6 + 5 - Math.floor(at / 6)]!);
  const half = original.toReversed();
  const known = turns === 4 ? [original, quarter(original), half, quarter(half)] : [original, half];
  const found = images.map((image) => known.findIndex((one) => one.join() === picture(y, image).join()));
  expect([...new Set(found)].sort()).toEqual(known.map((_, at) => at));
});

test('random_hue turns colours around grey, all of an image alike', () => {
  const y = augmented(
    'random_hue',
    true,
    X.map((value, index) => (index % (H * W * C) < 3 ? [1, 0, 0][index % 3]! : value)),
  );
  const angles = images.map((image) => {
    // What becomes of red says what becomes of green and blue: the three go round.
    const [a, b, c] = [0, 1, 2].map((channel) => y[at(image, 0, 0, channel)]!) as [number, number, number];
    expect(a + b + c).toBeCloseTo(1, 9);
    expect(a * a + b * b + c * c).toBeCloseTo(1, 9);
    for (const [row, column] of pixels.slice(1)) {
      const [red, green, blue] = [0, 1, 2].map((channel) => X[at(image, row, column, channel)]!) as [
        number,
        number,
        number,
      ];
      const expected = [
        a * red + c * green + b * blue,
        b * red + a * green + c * blue,
        c * red + b * green + a * blue,
      ];
      for (const channel of [0, 1, 2])
        expect(y[at(image, row, column, channel)]).toBeCloseTo(expected[channel]!, 8);
    }
    return (Math.atan2((b - c) / Math.sqrt(3), a - 1 / 3) * 180) / Math.PI;
  });
  expect(Math.max(...angles)).toBeGreaterThan(60);
  expect(Math.min(...angles)).toBeLessThan(-60);
});

test('random_luma_flip gives the mean of every pixel of some images the other sign, and keeps what channels have beyond it', () => {
  const y = augmented('random_luma_flip(0.3)');
  const flipped = images.filter((image) => {
    const isFlipped = y[at(image, 0, 0, 1)]! < 0;
    for (const [row, column] of pixels) {
      const mean = X[at(image, row, column, 1)]! * (isFlipped ? -1 : 1);
      for (const channel of [0, 1, 2])
        expect(y[at(image, row, column, channel)]).toBeCloseTo(mean + channel - 1, 9);
    }
    return isFlipped;
  });
  expect(flipped.length).toBeGreaterThan(4);
  expect(flipped.length).toBeLessThan(22);
});

describe('adaptive_augment', () => {
  const count = 400;
  const colour = [0.2, -0.1, 0.5];
  const grey = 0.2;
  const called = (picture: (pixel: number) => number[], side: number, channels: number, chance: number) => {
    const size = side * side * channels;
    const one = Array.from({ length: side * side }, (_, pixel) => picture(pixel)).flat();
    const pictures = Float64Array.from({ length: count * size }, (_, at) => one[at % size]!);
    const y = augmented('adaptive_augment', true, pictures, [count, side, side, channels], chance);
    return Array.from({ length: count }, (_, image) => [...y.slice(image * size, (image + 1) * size)]);
  };
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = (values: readonly number[]) =>
    Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)));

  test('changes nothing where p is 0', () => {
    for (const y of called((pixel) => [pixel / 256, 1], 16, 2, 0))
      for (const [at, value] of y.entries()) expect(value).toBeCloseTo(at % 2 === 0 ? at / 512 : 1, 12);
  });

  test('makes each change with the probability p, whatever the others do', () => {
    const same = called(
      (pixel) => [(pixel * pixel) / 65536, Math.cos(pixel), Math.sin(pixel)],
      16,
      3,
      0.1,
    ).filter((y) =>
      y.every((value, at) => {
        const pixel = Math.floor(at / 3);
        return Math.abs(value - [(pixel * pixel) / 65536, Math.cos(pixel), Math.sin(pixel)][at % 3]!) < 1e-9;
      }),
    );
    // Of mirror images and flips of light half change something, of turns by quarters three in four, of moves by whole pixels,
    // at most two here, all but one in sixteen; one of the two turns is made with p.
    const expected = count * 0.95 * 0.95 * 0.925 * (1 - 0.1 * (15 / 16)) * 0.9 ** 8;
    expect(Math.abs(same.length - expected)).toBeLessThan(3 * Math.sqrt(expected));
  });

  test('changes brightness, contrast, light and dark, hue and saturation as far as its paper says', () => {
    // What is of one colour stays of one colour, wherever its pixels go.
    const made = called(() => colour, 4, 3, 1).map((y) => {
      for (const [at, value] of y.entries()) expect(value).toBeCloseTo(y[at % 3]!, 9);
      const light = mean(y.slice(0, 3));
      const beyond = y.slice(0, 3).map((value) => value - light);
      const length = Math.hypot(...beyond) / Math.hypot(...colour.map((value) => value - grey));
      const hue = Math.atan2((beyond[1]! - beyond[2]!) / Math.sqrt(3), beyond[0]!);
      return { light, octaves: Math.log2(length), hue };
    });
    const dark = made.filter(({ light }) => light < 0).length;
    // Light and dark are changed over in half of them, whatever brightness has done before.
    expect(Math.abs(dark - count / 2)).toBeLessThan(3 * 10);
    // Contrast and saturation together.
    const octaves = made.map((one) => one.octaves);
    expect(Math.abs(mean(octaves))).toBeLessThan(0.17);
    expect(Math.abs(deviation(octaves) - Math.sqrt(0.5 ** 2 + 1))).toBeLessThan(0.12);
    // Every hue is as likely.
    expect(Math.abs(mean(made.map(({ hue }) => Math.cos(hue))))).toBeLessThan(0.11);
    expect(Math.abs(mean(made.map(({ hue }) => Math.sin(hue))))).toBeLessThan(0.11);
  });

  test('refuses a p of several numbers', () => {
    const text = 'gan 1\n\nnetwork N(x: [8, 8, 3], p: [2]) -> [8, 8, 3] {\n  x -> adaptive_augment(p)\n}\n';
    expect(check(new SourceFile('ada.gan', text)).diagnostics[0]).toMatchObject({
      code: 'argument-value',
      message: '`p` of adaptive_augment takes one number, such as a state, but is given [2]',
    });
  });
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
  'random_turn',
  'random_rotation',
  'random_scale',
  'random_hue',
  'random_luma_flip',
  'adaptive_augment',
])('%s changes all frames of a clip alike, and each clip another way', (call) => {
  const { definition, args } = readCall(call, layers);
  const frames = 3;
  const builder = new t.Builder('augment');
  const shape = [N, frames, H, W, C];
  const x = t.input(builder, { name: 'x', shape, dtype: 'f32', from: { kind: 'count' } });
  const sides = (definition.sides ?? []).map(() => t.constant(builder, 0.8));
  const y = applied(definition, args, [], [x, ...sides], builder, { training: true });
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
