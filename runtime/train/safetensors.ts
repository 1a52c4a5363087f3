/**
 * The safetensors format, both ways and strict: eight bytes with the length of the header, the header as JSON
 * (`{"name": {"dtype", "shape", "data_offsets": [begin, end]}, "__metadata__": {string: string}}`), then the tensors
 * without a gap. A header may come from a stranger, so nothing in it is believed before it is checked, and nothing is
 * allocated on its word: the size of the file bounds everything.
 */

export type TensorArray = Float32Array | Int32Array;

export interface TensorEntry {
  readonly name: string;
  readonly dtype: 'F32' | 'I32';
  readonly shape: readonly number[];
  /** Where its bytes begin and end, from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order of their bytes. */
  readonly tensors: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

export class SafetensorsError extends Error {
  override name = 'SafetensorsError';
}

/** Bytes before the header: its length. */
export const PREFIX_BYTES = 8;
const MOST_HEADER_BYTES = 100 * 2 ** 20;
const BYTES_PER_ELEMENT = 4;
const METADATA = '__metadata__';

/** The bytes before the first tensor, for tensors that follow in the order given. Lengths are in elements. */
export function encodeHeader(
  tensors: readonly {
    readonly name: string;
    readonly dtype: 'F32' | 'I32';
    readonly shape: readonly number[];
  }[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  let at = 0;
  const entries: [string, unknown][] = [[METADATA, metadata]];
  for (const { name, dtype, shape } of tensors) {
    if (name === METADATA) throw new SafetensorsError(`a tensor cannot be named ${METADATA}`);
    const end = at + elements(shape) * BYTES_PER_ELEMENT;
    entries.push([name, { dtype, shape, data_offsets: [at, end] }]);
    at = end;
  }
  // Spaces at the end let the tensors begin at a multiple of eight.
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(PREFIX_BYTES + length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, PREFIX_BYTES);
  return bytes;
}

/** The length of the header that the first eight bytes promise, checked against the size of the whole file. */
export function headerLength(prefix: Uint8Array, fileSize: number): number {
  if (prefix.length < PREFIX_BYTES || fileSize < PREFIX_BYTES) {
    throw new SafetensorsError(`it has ${Math.min(prefix.length, fileSize)} bytes, too few for a header`);
  }
  const length = new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true);
  if (length > BigInt(MOST_HEADER_BYTES)) throw new SafetensorsError(`its header claims ${length} bytes`);
  if (Number(length) > fileSize - PREFIX_BYTES) {
    throw new SafetensorsError(`it is cut short: the header claims ${length} of ${fileSize} bytes`);
  }
  return Number(length);
}

/** Reads a header (without the eight bytes before it) and checks every claim in it against `dataBytes`. */
export function decodeHeader(json: Uint8Array, dataBytes: number): Header {
  const header = parse(json);
  const tensors: TensorEntry[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === METADATA) metadata = readMetadata(value);
    else tensors.push(readEntry(name, value));
  }
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let at = 0;
  for (const { name, begin, end } of tensors) {
    if (begin !== at) throw new SafetensorsError(`"${shown(name)}" begins at byte ${begin}, not at ${at}`);
    at = end;
  }
  if (at > dataBytes) throw new SafetensorsError(`it is cut short: ${dataBytes} of ${at} bytes of tensors`);
  if (at < dataBytes) throw new SafetensorsError(`${dataBytes - at} bytes follow the last tensor`);
  return { tensors, metadata };
}

function parse(json: Uint8Array): object {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(json));
  } catch {
    throw new SafetensorsError('its header is not JSON');
  }
  if (!isObject(header)) throw new SafetensorsError('its header is not a JSON object');
  return header;
}

function readEntry(name: string, value: unknown): TensorEntry {
  const wrong = (what: string) => new SafetensorsError(`"${shown(name)}" ${what}`);
  if (!isObject(value)) throw wrong('is not described by an object');
  const { dtype, shape, data_offsets: offsets } = value as Record<string, unknown>;
  if (dtype !== 'F32' && dtype !== 'I32') throw wrong(`is of kind ${shown(String(dtype))}, not F32 or I32`);
  if (!Array.isArray(shape) || shape.length > 16 || !shape.every(isCount)) throw wrong('has no usable shape');
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    throw wrong('does not say where its bytes are');
  }
  const [begin, end] = offsets as [number, number];
  const bytes = elements(shape) * BYTES_PER_ELEMENT;
  if (end - begin !== bytes) {
    throw wrong(`of shape [${shape.join(', ')}] takes ${bytes} bytes, but ${end - begin} are given to it`);
  }
  return { name, dtype, shape, begin, end };
}

function readMetadata(value: unknown): Record<string, string> {
  if (!isObject(value) || !Object.values(value).every((text) => typeof text === 'string')) {
    throw new SafetensorsError(`its ${METADATA} is not an object of strings`);
  }
  return value as Record<string, string>;
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A name from the file, fit for a message. */
function shown(name: string): string {
  const printable = name.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?');
  return printable.length > 80 ? `${printable.slice(0, 79)}…` : printable;
}
