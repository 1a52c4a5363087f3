import { type FileHandle, open } from 'node:fs/promises';
import { ModelError } from '../../compiler/pretrained/model-error.ts';
import type { Shard, StoredTensor } from './manifest.ts';

/** Reads the numbers of one tensor. Rejects with `ModelError` when they are not there, or not finite. */
export async function readTensor(tensor: StoredTensor): Promise<Float32Array> {
  const { name, encoding } = tensor;
  if (encoding.kind === 'other') {
    throw new ModelError(`keeps its weight ${name} as ${encoding.dtype}, and weights are float32`);
  }
  const bytes = await readBytes(tensor);
  const values = decoded(bytes, encoding);
  if (!values.every(Number.isFinite)) {
    throw new ModelError(`has numbers in its weight ${name} that are not finite`, 'copy or convert it again');
  }
  return values;
}

/** The bytes of a tensor, which may begin in one file of its group and end in another. */
async function readBytes({ name, shards, begin, bytes }: StoredTensor): Promise<Uint8Array> {
  const out = new Uint8Array(bytes);
  let start = 0;
  for (const shard of shards) {
    const from = Math.max(begin, start);
    const to = Math.min(begin + bytes, start + shard.bytes);
    if (from < to) await readPart(shard, from - start, out.subarray(from - begin, to - begin), name);
    start += shard.bytes;
  }
  return out;
}

async function readPart({ file }: Shard, position: number, into: Uint8Array, name: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    for (let at = 0; at < into.length; ) {
      const { bytesRead } = await handle.read(into, at, into.length - at, position + at);
      if (bytesRead === 0) throw new Error('it became shorter');
      at += bytesRead;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ModelError(`keeps its weight ${name} in ${file}, which cannot be read: ${reason}`);
  } finally {
    await handle?.close();
  }
}

function decoded(
  bytes: Uint8Array,
  encoding: Exclude<StoredTensor['encoding'], { kind: 'other' }>,
): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (encoding.kind) {
    case 'float32':
      return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
    case 'float16':
      return Float32Array.from({ length: bytes.length / 2 }, (_, i) => half(view.getUint16(2 * i, true)));
    case 'uint8':
      return Float32Array.from(bytes, (stored) => stored * encoding.scale + encoding.min);
    case 'uint16':
      return Float32Array.from(
        { length: bytes.length / 2 },
        (_, i) => view.getUint16(2 * i, true) * encoding.scale + encoding.min,
      );
  }
}

/** IEEE 754 half precision: a sign, 5 bits of exponent, 10 of fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
