import fc from 'fast-check';
import { zipSync } from 'fflate';
import { beforeAll, expect, test, vi } from 'vitest';
import { DataError } from '../../runtime/data/data-error.ts';
import { open } from '../../runtime/data/loader.ts';
import { parseNpy } from '../../runtime/data/npy-file.ts';
import { npyFile } from '../../runtime/media/npy.ts';
import { UserError } from '../../runtime/user-error.ts';
import { facts } from './facts.ts';
import { emptyFolder, writeFiles } from './workbench.ts';

/** An array of NumPy of any type, in a version of the format. */
function npy(descr: string, shape: string, body: Uint8Array, { version = 1, order = 'False' } = {}): Buffer {
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }\n`;
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) length.writeUInt16LE(header.length);
  else length.writeUInt32LE(header.length);
  return Buffer.concat([
    Buffer.from(`\x93NUMPY${String.fromCharCode(version)}\0`, 'latin1'),
    length,
    Buffer.from(header, 'latin1'),
    body,
  ]);
}

const wave = npyFile(Float32Array.of(0.5, -1, 0.25, 0, 1, -0.5), [3, 2]);
const kind = npy('<i8', '3,', new Uint8Array(BigInt64Array.of(2n, 0n, 1n).buffer));
const film = npy('|u1', '3, 1, 2', Uint8Array.of(0, 255, 51, 0, 255, 0));
const npz = (arrays: Record<string, Uint8Array>, level: 0 | 6 = 0) =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])), {
    level,
  });

let folder: string;
beforeAll(async () => {
  folder = await emptyFolder();
  await writeFiles(folder, {
    'a.npz': npz({ wave, kind, film }),
    'packed.npz': npz({ wave, kind, film }, 6),
    'few.npz': npz({ wave, kind: npy('|u1', '2,', Uint8Array.of(0, 1)) }),
    'nan.npz': npz({ wave: npyFile(Float32Array.of(0, 1, Number.NaN, 0), [2, 2]) }),
    'text.npz': 'no zip archive',
    'cut.npz': npz({ wave }).subarray(0, -9),
    'half.npz': npz({ wave: npy('<f2', '1, 2', new Uint8Array(4)) }),
    'none.npz': npz({ wave: npy('<f4', '0, 2', new Uint8Array(0)) }),
    'halves.npz': npz({ wave, kind: npyFile(Float32Array.of(0, 0.5, 1), [3]) }),
  });
});

type Fields = Record<string, readonly number[] | number>;
const load = (file: string, fields: Fields, range?: readonly [number, number], warn = vi.fn()) =>
  open(facts('npz', { path: file }, fields, range), folder, { batch: 3, seed: 0, warn });

test.each(['a.npz', 'packed.npz'])(
  '%s: fields are arrays by name, and rows belong together',
  async (file) => {
    const loader = await load(file, { wave: [2, 1], kind: 3, film: [1, 2, 1] });
    expect(loader.size).toBe(3);
    const batch = await loader.batch(0);
    for (let row = 0; row < 3; row++) {
      const index = [2, 0, 1].indexOf(batch.kind![row]!);
      const rowOf = (values: ArrayLike<number>) => [values[2 * row], values[2 * row + 1]];
      expect(rowOf(batch.wave!)).toEqual(
        [
          [0.5, -1],
          [0.25, 0],
          [1, -0.5],
        ][index],
      );
      // Bytes are levels of pictures: 0 is -1, 255 is 1.
      expect(rowOf(batch.film!).map((value) => Math.round(255 * (value! + 1)) / 2)).toEqual(
        [
          [0, 255],
          [51, 0],
          [255, 0],
        ][index],
      );
    }
    await loader.close();
  },
);

test.each<[file: string, fields: Fields, said: RegExp]>([
  ['a.npz', { sound: [2] }, /set\.sound is the array sound of a\.npz, which holds wave, kind, film/],
  ['a.npz', { wave: [3] }, /set\.wave is \[3\], but wave of a\.npz is \[3, 2\], with the examples along/],
  ['a.npz', { kind: 2 }, /set\.kind is label\(2\), but kind of a\.npz holds labels up to 2/],
  ['a.npz', { wave: 2 }, /wave of a\.npz holds 0\.5, but labels are a plain list of whole numbers/],
  ['a.npz', { film: 2 }, /film of a\.npz holds \[3, 1, 2\], but labels are a plain list/],
  ['halves.npz', { kind: 2 }, /kind of halves\.npz holds 0\.5, but labels are/],
  ['few.npz', { wave: [2], kind: 2 }, /few\.npz has 3 examples of wave, but 2 of kind/],
  ['nan.npz', { wave: [2] }, /row 2 of wave of nan\.npz holds NaN/],
  ['half.npz', { wave: [2] }, /wave of half\.npz holds numbers of type f2/],
  ['none.npz', { wave: [2] }, /wave of none\.npz holds no examples/],
  ['text.npz', { wave: [2] }, /text\.npz is no \.npz file, or is cut short/],
  ['cut.npz', { wave: [2] }, /cut\.npz is no \.npz file, or is cut short/],
])('%s as %j', async (file, fields, said) => {
  await expect(load(file, fields)).rejects.toThrow(said);
});

test('numbers beyond the declared range, and classes that are not there', async () => {
  await expect(load('a.npz', { wave: [2] }, [0, 1])).rejects.toThrow(
    'set.wave is declared in [0, 1], but row 1 of wave of a.npz has the value -1',
  );
  const warn = vi.fn();
  const loader = await load('a.npz', { kind: 5 }, [-1, 1], warn);
  expect(warn.mock.calls[0]![0]).toMatch(/set\.kind is label\(5\), but kind of a\.npz holds labels up to 2/);
  await loader.close();
});

test.each([
  ['<f4', Float32Array.of(1, -2)],
  ['<f8', Float64Array.of(1, -2)],
  ['|i1', Int8Array.of(1, -2)],
  ['<i2', Int16Array.of(1, -2)],
  ['<i4', Int32Array.of(1, -2)],
  ['<i8', BigInt64Array.of(1n, -2n)],
  ['<u2', Uint16Array.of(1, 60_000)],
  ['<u4', Uint32Array.of(1, 60_000)],
  ['<u8', BigUint64Array.of(1n, 60_000n)],
])('numbers of type %s', (descr, numbers) => {
  const bytes = new Uint8Array(numbers.buffer);
  const expected = [...numbers].map(Number);
  for (const version of [1, 2]) {
    const { shape, values } = parseNpy(npy(descr, '1, 2', bytes, { version }), 'a');
    expect([shape, [...values]]).toEqual([[1, 2], expected]);
  }
  const width = bytes.length / 2;
  const turned = new Uint8Array([...bytes.slice(0, width).reverse(), ...bytes.slice(width).reverse()]);
  expect([...parseNpy(npy(descr.replace('<', '>'), '2,', turned), 'a').values]).toEqual(expected);
});

test('an array that is kept columns first, or is not whole', () => {
  const body = new Uint8Array(8);
  expect(() => parseNpy(npy('<f4', '2, 1', body, { order: 'True' }), 'a')).toThrow('a is kept columns first');
  expect(() => parseNpy(npy('<f4', '3,', body), 'a')).toThrow('a promises [3], 12 bytes, but holds 8');
  expect(() => parseNpy(Buffer.from('else'), 'a')).toThrow('a is no array in the format of NumPy');
});

test('any file at all is either read or refused in words', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: npz({ wave }).length - 1 }),
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      async (place, bytes) => {
        const broken = Buffer.from(npz({ wave }));
        broken.set(bytes.subarray(0, broken.length - place), place);
        await writeFiles(folder, { 'any.npz': broken });
        try {
          const loader = await load('any.npz', { wave: [2] });
          await loader.close();
        } catch (error) {
          expect(error instanceof UserError || error instanceof DataError, String(error)).toBe(true);
        }
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});
