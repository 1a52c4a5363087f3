import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import {
  decodeHeader,
  encodeHeader,
  type Header,
  headerLength,
  PREFIX_BYTES,
  SafetensorsError,
  type TensorArray,
} from './safetensors.ts';
import { writeWhole } from './write-file.ts';

/** A tensor of a file, by its name. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: TensorArray;
}

export interface StoredTensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The header begins with the checksum, at a known place, so that it can be put there after it was computed: the
 * SHA-256 of the whole file with zeros in its own place.
 */
const CHECKSUM_START = '{"__metadata__":{"sha256":"';
const NO_CHECKSUM = '0'.repeat(64);

/** Writes a safetensors file whole or not at all, with a checksum in its metadata. */
export async function writeTensors(file: string, { tensors, metadata }: StoredTensors): Promise<void> {
  const header = encodeHeader(
    [...tensors].map(([name, { shape, values }]) => ({ name, shape, dtype: dtypeOf(values) })),
    { sha256: NO_CHECKSUM, ...metadata },
  );
  const data = [...tensors.values()].map(({ values }) => bytesOf(values));
  const hash = createHash('sha256').update(header);
  for (const bytes of data) hash.update(bytes);
  header.set(new TextEncoder().encode(hash.digest('hex')), PREFIX_BYTES + CHECKSUM_START.length);
  await writeWhole(file, [header, ...data]);
}

/** Reads such a file back, all checks made. Throws `SafetensorsError` when it is not what was written. */
export async function readTensors(file: string): Promise<StoredTensors> {
  const handle = await open(file, 'r');
  try {
    const { header, hash, checksum } = await readChecksummedHeader(handle);
    const tensors = new Map<string, StoredTensor>();
    for (const { name, dtype, shape, begin, end } of header.tensors) {
      const values = new (dtype === 'F32' ? Float32Array : Int32Array)((end - begin) / 4);
      await readExactly(handle, bytesOf(values));
      hash.update(bytesOf(values));
      tensors.set(name, { shape, values });
    }
    if (hash.digest('hex') !== checksum)
      throw new SafetensorsError('its checksum does not fit: it is damaged');
    const { sha256: _, ...metadata } = header.metadata;
    return { tensors, metadata };
  } finally {
    await handle.close();
  }
}

/** Reads only the metadata; the tensors behind it are not looked at. */
export async function readMetadata(file: string): Promise<Readonly<Record<string, string>>> {
  const handle = await open(file, 'r');
  try {
    return (await readChecksummedHeader(handle)).header.metadata;
  } finally {
    await handle.close();
  }
}

async function readChecksummedHeader(
  handle: FileHandle,
): Promise<{ header: Header; hash: Hash; checksum: string }> {
  const { size } = await handle.stat();
  const prefix = await readExactly(handle, new Uint8Array(Math.min(PREFIX_BYTES, size)));
  const json = await readExactly(handle, new Uint8Array(headerLength(prefix, size)));
  const header = decodeHeader(json, size - PREFIX_BYTES - json.length);
  const start = new TextDecoder().decode(json.subarray(0, CHECKSUM_START.length));
  const checksum = header.metadata.sha256 ?? '';
  if (start !== CHECKSUM_START || !/^[0-9a-f]{64}$/.test(checksum)) {
    throw new SafetensorsError('it has no checksum, so ganc did not write it as a checkpoint');
  }
  const blank = json.slice();
  blank.set(new TextEncoder().encode(NO_CHECKSUM), CHECKSUM_START.length);
  return { header, hash: createHash('sha256').update(prefix).update(blank), checksum };
}

async function readExactly(handle: FileHandle, into: Uint8Array): Promise<Uint8Array> {
  for (let at = 0; at < into.length; ) {
    const { bytesRead } = await handle.read(into, at, Math.min(into.length - at, 2 ** 30));
    if (bytesRead === 0) throw new SafetensorsError('it became shorter while it was read');
    at += bytesRead;
  }
  return into;
}

function dtypeOf(values: TensorArray): 'F32' | 'I32' {
  return values instanceof Float32Array ? 'F32' : 'I32';
}

function bytesOf(values: TensorArray): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
