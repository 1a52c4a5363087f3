import { DataError } from './data-error.ts';

/** The contents of a file in NumPy's format NPY: numbers of one type in a box, rows first. */
export interface NpyFile {
  readonly shape: readonly number[];
  /** Bytes (`uint8`) as they are, and all other numbers as floating point ones. */
  readonly values: Uint8Array | Float32Array;
}

/** How a number of each type is read, and how many bytes it takes. */
const TYPES: ReadonlyMap<string, readonly [bytes: number, read: Read]> = new Map<string, [number, Read]>([
  ['f4', [4, (view, at, little) => view.getFloat32(at, little)]],
  ['f8', [8, (view, at, little) => view.getFloat64(at, little)]],
  ['b1', [1, (view, at) => view.getUint8(at)]],
  ['u1', [1, (view, at) => view.getUint8(at)]],
  ['i1', [1, (view, at) => view.getInt8(at)]],
  ['u2', [2, (view, at, little) => view.getUint16(at, little)]],
  ['i2', [2, (view, at, little) => view.getInt16(at, little)]],
  ['u4', [4, (view, at, little) => view.getUint32(at, little)]],
  ['i4', [4, (view, at, little) => view.getInt32(at, little)]],
  ['u8', [8, (view, at, little) => Number(view.getBigUint64(at, little))]],
  ['i8', [8, (view, at, little) => Number(view.getBigInt64(at, little))]],
]);

type Read = (view: DataView, at: number, little: boolean) => number;

/** Takes such a file apart; `name` is what messages call it. */
export function parseNpy(bytes: Uint8Array, name: string): NpyFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isNpy = bytes.length >= 12 && bytes[0] === 0x93 && latin(bytes.subarray(1, 6)) === 'NUMPY';
  if (!isNpy) throw new DataError(`${name} is no array in the format of NumPy`, 'write it with numpy.savez');
  // The length of the header has two bytes in version 1 of the format, four in later ones.
  const [start, length] = bytes[6] === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const header = latin(bytes.subarray(start, start + length));
  const [, order, written] = /'descr':\s*'([<>|=]?)(\w+)'/.exec(header) ?? [];
  const [, sizes] = /'shape':\s*\(([\d,\s]*)\)/.exec(header) ?? [];
  const type = TYPES.get(written ?? '');
  if (!type || sizes === undefined) {
    throw new DataError(
      `${name} holds ${written ? `numbers of type ${written}` : 'no plain numbers'}`,
      'convert it first: array.astype("float32"), or "int32" for labels',
    );
  }
  if (/'fortran_order':\s*True/.test(header)) {
    throw new DataError(`${name} is kept columns first`, 'turn it round: numpy.ascontiguousarray(array)');
  }
  const shape = sizes.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  const count = shape.reduce((product, size) => product * size, 1);
  const [width, read] = type;
  const body = bytes.subarray(start + length);
  if (body.length !== count * width) {
    throw new DataError(
      `${name} promises [${shape.join(', ')}], ${count * width} bytes, but holds ${body.length}`,
      'write or copy it again',
    );
  }
  if (written === 'u1') return { shape, values: body };
  const numbers = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const values = new Float32Array(count);
  for (let at = 0; at < count; at++) values[at] = read(numbers, at * width, order !== '>');
  return { shape, values };
}

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
