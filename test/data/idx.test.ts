import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, expect, test, vi } from 'vitest';
import { DataError } from '../../runtime/data/data-error.ts';
import { parseIdx, readIdx } from '../../runtime/data/idx-file.ts';
import { open } from '../../runtime/data/loader.ts';
import { UserError } from '../../runtime/user-error.ts';
import { facts } from './facts.ts';
import { emptyFolder, idx, writeFiles } from './workbench.ts';

const pixels = Uint8Array.from({ length: 3 * 2 * 2 }, (_, i) => i * 20);
let folder: string;
beforeAll(async () => {
  folder = await emptyFolder();
  await writeFiles(folder, {
    images: idx(8, [3, 2, 2], pixels),
    'images.gz': gzipSync(idx(8, [3, 2, 2], pixels)),
    labels: idx(8, [3], [2, 0, 1]),
    'wide-labels': idx(0x0c, [3], [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1]),
    'negative-labels': idx(0x09, [3], [0, 255, 1]),
    'float-labels': idx(0x0d, [3], new Uint8Array(12)),
    'four-labels': idx(8, [4], [2, 0, 1, 1]),
    'short-images': idx(8, [3, 2, 2], pixels.subarray(0, 11)),
    'long-images': idx(8, [3, 2, 2], [...pixels, 0]),
    'no-images': idx(8, [0, 2, 2], []),
    'float-images': idx(0x0d, [1, 1, 1], [0, 0, 0, 0]),
    'colour-images': idx(8, [1, 1, 2, 3], [1, 2, 3, 4, 5, 6]),
    'odd-channels': idx(8, [1, 1, 1, 5], [1, 2, 3, 4, 5]),
    empty: '',
    text: 'not an IDX file',
    'cut.gz': gzipSync(idx(8, [3, 2, 2], pixels)).subarray(0, -6),
    // Its header promises 4 numbers; zeros by the million follow.
    'bomb.gz': gzipSync(Buffer.concat([idx(8, [4], [1, 2, 3, 4]), Buffer.alloc(20_000_000)])),
    // Its header promises more than so few bytes can unfold to.
    'promise.gz': gzipSync(idx(8, [1_000_000_000], [])),
  });
});

const load = (images: string, labels?: string, classes = 3) =>
  open(
    facts(
      'idx',
      labels ? { images, labels } : { images },
      { image: [2, 2, 1], ...(labels ? { class: classes } : {}) },
      [0, 255],
    ),
    folder,
    { batch: 3, seed: 0 },
  );

test.each([
  ['images', 'labels'],
  ['images.gz', 'labels'],
  ['images', 'wide-labels'],
])('%s with %s: images keep their labels', async (images, labels) => {
  const loader = await load(images, labels);
  const batch = await loader.batch(0);
  for (let row = 0; row < 3; row++) {
    const image = batch.image!.subarray(4 * row, 4 * row + 4);
    const index = image[0]! / 80;
    expect([...image]).toEqual([0, 20, 40, 60].map((level) => level + 80 * index));
    expect(batch.class![row]).toBe([2, 0, 1][index]);
  }
});

test('colour', async () => {
  const set = facts('idx', { images: 'colour-images' }, { image: [1, 2, 3] }, [0, 255]);
  const loader = await open(set, folder, { batch: 1, seed: 0 });
  expect([...(await loader.batch(0)).image!]).toEqual([1, 2, 3, 4, 5, 6]);
});

test.each([
  [['nowhere'], '"nowhere" is not there'],
  [['.'], 'is a folder'],
  [['empty'], 'empty is not an IDX file: it starts with nothing: it is empty'],
  [['text'], 'text is not an IDX file: it starts with 6e 6f 74 20'],
  [['short-images'], 'short-images was cut short: its header promises [3, 2, 2], 28 bytes, and it has 27'],
  [['long-images'], 'long-images goes on for 1 bytes after the [3, 2, 2] that its header promises'],
  [['no-images'], 'no-images holds no images'],
  [['float-images'], 'float-images holds float32 numbers, but images are bytes'],
  [['odd-channels'], 'odd-channels holds images of 5 channels'],
  [['labels'], 'labels holds [3], but images are [count, height, width]'],
  [['cut.gz'], 'cut.gz cannot be unpacked'],
  [['bomb.gz'], 'bomb.gz unpacks to more than its header promises'],
  [['promise.gz'], 'promise.gz is too small to hold the [1000000000]'],
  [['images', 'images'], 'images holds [3, 2, 2], but labels are a plain list'],
  [['images', 'four-labels'], 'four-labels holds 4 labels, but'],
  [['images', 'negative-labels'], 'holds the label -1 for image 2'],
  [['images', 'float-labels'], 'float-labels holds float32 numbers, but labels are whole numbers'],
  [['images', 'labels', 2], 'set.class is label(2), but'],
] as [[string, string?, number?], string][])('%j is refused', async (args, message) => {
  const error = await load(...args).then(
    () => null,
    (error) => error,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toContain(message);
});

test('classes that no image has are pointed out', async () => {
  const warn = vi.fn();
  const set = facts('idx', { images: 'images', labels: 'labels' }, { image: [2, 2, 1], class: 5 });
  await open(set, folder, { batch: 1, seed: 0, warn });
  expect(warn.mock.calls).toEqual([[expect.stringContaining('labels holds labels up to 2 only')]]);
});

test('labels that nobody gave are missed', async () => {
  const set = facts('idx', { images: 'images' }, { image: [2, 2, 1], class: 3 });
  await expect(open(set, folder, { batch: 1, seed: 0 })).rejects.toThrow(
    'set.class is a label, but idx is given no',
  );
});

test('any header at all is either understood or refused in words', () => {
  const header = fc.tuple(
    fc.constantFrom(0, 0, 0, 255),
    fc.constantFrom(0, 0, 0, 7),
    fc.oneof(fc.constantFrom(8, 9, 11, 12, 13, 14), fc.nat(255)),
    fc.oneof(fc.integer({ min: 0, max: 5 }), fc.nat(255)),
  );
  const sizes = fc.array(fc.oneof(fc.constantFrom(0, 1, 2, 3, 0xffffffff, 0x80000000, 65536), fc.nat()), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(header, sizes, fc.uint8Array({ maxLength: 40 }), (start, shape, body) => {
      const bytes = Buffer.concat([
        Buffer.from(start),
        ...shape.map((size) => {
          const word = Buffer.alloc(4);
          word.writeUInt32BE(size);
          return word;
        }),
        body,
      ]);
      try {
        const file = parseIdx(bytes, 'f');
        const count = file.shape.reduce((a, b) => a * b, 1);
        expect(file.body.length % Math.max(1, count)).toBe(0);
      } catch (error) {
        expect(error).toBeInstanceOf(DataError);
      }
    }),
    { numRuns: 5000 },
  );
});

test('any file at all, packed or not, is either read or refused in words', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.boolean(), async (bytes, packed) => {
      await writeFiles(folder, { any: packed ? gzipSync(bytes) : bytes });
      const outcome = await readIdx(path.join(folder, 'any')).catch((error) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(DataError);
    }),
    { numRuns: 300 },
  );
});
