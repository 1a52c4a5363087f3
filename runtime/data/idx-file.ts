import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gunzipSync, constants as zlib } from 'node:zlib';
import { DataError } from './data-error.ts';

/** The contents of an IDX file, the format of the original MNIST: numbers of one type in a box of 1 to 4 axes. */
export interface IdxFile {
  readonly type: IdxType;
  readonly shape: readonly number[];
  /** The numbers as they stand in the file, big end first. */
  readonly body: Uint8Array;
}

export type IdxType = 'uint8' | 'int8' | 'int16' | 'int32' | 'float32' | 'float64';

const TYPES: ReadonlyMap<number, readonly [type: IdxType, bytes: number]> = new Map([
  [0x08, ['uint8', 1]],
  [0x09, ['int8', 1]],
  [0x0b, ['int16', 2]],
  [0x0c, ['int32', 4]],
  [0x0d, ['float32', 4]],
  [0x0e, ['float64', 8]],
]);

/** Larger files are refused: they are held in memory as a whole. */
const MOST_BYTES = 2 ** 31;

/** Deflate makes at most 1,032 bytes out of one. */
const MOST_EXPANSION = 1032;

/** Reads an IDX file, also one packed with gzip. Rejects with `DataError`, naming the file. */
export async function readIdx(file: string): Promise<IdxFile> {
  const info = await stat(file);
  if (!info.isFile()) throw new DataError(`${file} is a folder, but an IDX file is wanted`);
  if (info.size > MOST_BYTES) throw tooLarge(file, info.size);
  const bytes = await readFile(file);
  return parseIdx(bytes[0] === 0x1f && bytes[1] === 0x8b ? await unpack(file, bytes) : bytes, file);
}

/** Takes an IDX file apart; `file` is its name for messages. */
export function parseIdx(bytes: Uint8Array, file: string): IdxFile {
  const { type, shape, start, end } = parseHeader(bytes, file);
  if (bytes.length < end) {
    throw new DataError(
      `${file} was cut short: its header promises [${shape.join(', ')}], ${end} bytes, and it has ${bytes.length}`,
      'copy or download it again',
    );
  }
  if (bytes.length > end) {
    throw new DataError(
      `${file} goes on for ${bytes.length - end} bytes after the [${shape.join(', ')}] that its header promises`,
      'copy or download it again',
    );
  }
  return { type, shape, body: bytes.subarray(start, end) };
}

/** The numbers of a file of whole numbers. */
export function idxIntegers(idx: IdxFile, file: string): Uint8Array | Int32Array {
  if (idx.type === 'uint8') return idx.body;
  const view = new DataView(idx.body.buffer, idx.body.byteOffset, idx.body.byteLength);
  const count = idx.shape.reduce((a, b) => a * b, 1);
  const read = {
    int8: (i: number) => view.getInt8(i),
    int16: (i: number) => view.getInt16(2 * i),
    int32: (i: number) => view.getInt32(4 * i),
  };
  if (idx.type === 'float32' || idx.type === 'float64') {
    throw new DataError(`${file} holds ${idx.type} numbers, but labels are whole numbers`);
  }
  return Int32Array.from({ length: count }, (_, i) => read[idx.type as keyof typeof read](i));
}

function parseHeader(
  bytes: Uint8Array,
  file: string,
): { type: IdxType; shape: number[]; start: number; end: number } {
  const type = TYPES.get(bytes[2] ?? -1);
  const axes = bytes[3] ?? 0;
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || !type || axes < 1 || axes > 4) {
    throw new DataError(
      `${file} is not an IDX file: it starts with ${hex(bytes.subarray(0, 4))}`,
      'IDX files start with 00 00, a type (08 for bytes) and the number of axes',
    );
  }
  const start = 4 + 4 * axes;
  if (bytes.length < start) {
    throw new DataError(`${file} was cut short in its header`, 'copy or download it again');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  // At most 2^128 * 8, which is only rough as a double but far beyond what is refused next.
  const size = shape.reduce((product, length) => product * length, type[1]);
  if (start + size > MOST_BYTES) throw tooLarge(file, start + size);
  return { type: type[0], shape, start, end: start + size };
}

/** Unpacks no more than the header inside promises, so that a small file cannot fill the memory. */
async function unpack(file: string, packed: Uint8Array): Promise<Uint8Array> {
  try {
    const first = gunzipSync(packed.subarray(0, 1024), { finishFlush: zlib.Z_SYNC_FLUSH });
    const { shape, end } = parseHeader(first, file);
    if (end > packed.length * MOST_EXPANSION) {
      throw new DataError(`${file} is too small to hold the [${shape.join(', ')}] that its header promises`);
    }
    return await promisify(gunzip)(packed, { maxOutputLength: Math.max(end, 64) });
  } catch (error) {
    if (error instanceof DataError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new DataError(`${file} unpacks to more than its header promises`, 'copy or download it again');
    }
    throw new DataError(
      `${file} cannot be unpacked: it is damaged or cut short`,
      'copy or download it again',
    );
  }
}

function tooLarge(file: string, bytes: number): DataError {
  const gib = (bytes / 2 ** 30).toPrecision(3);
  return new DataError(
    `${file} would take ${gib} GiB; IDX files of up to ${MOST_BYTES / 2 ** 30} GiB are read`,
  );
}

function hex(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'nothing: it is empty';
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
