import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { ModelError } from '../../compiler/pretrained/model-error.ts';

/** A tensor of a model: what it is, and where its bytes lie. */
export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly encoding: Encoding;
  /** The files of its group, which are one long file cut into pieces. */
  readonly shards: readonly Shard[];
  /** Where it begins in that long file. */
  readonly begin: number;
  readonly bytes: number;
}

export interface Shard {
  /** A real path in the folder of the model. */
  readonly file: string;
  readonly bytes: number;
}

/** How numbers are kept. `number = stored · scale + min` where they were quantised. */
export type Encoding =
  | { readonly kind: 'float32' | 'float16' }
  | { readonly kind: 'uint8' | 'uint16'; readonly scale: number; readonly min: number }
  /** What no weight of a network can be: it is stepped over. */
  | { readonly kind: 'other'; readonly dtype: string; readonly size: number };

/** Numbers in all tensors of a model: 1 GB of weights. VGG 19, the largest in common use, has 144 million. */
const MOST_NUMBERS = 2 ** 28;
const MOST_TENSORS = 50_000;

const OTHER_SIZES: Readonly<Record<string, number>> = { int32: 4, bool: 1, complex64: 8 };

/**
 * Reads `weightsManifest` and compares it with the sizes of the files that it names, all of them in `folder`, a real
 * path. Throws `ModelError`.
 */
export function readManifest(manifest: unknown, folder: string): ReadonlyMap<string, StoredTensor> {
  if (!Array.isArray(manifest)) throw new ModelError('has a weightsManifest that is not a list');
  const tensors = new Map<string, StoredTensor>();
  let numbers = 0;
  for (const group of manifest as { paths?: unknown; weights?: unknown }[]) {
    if (!Array.isArray(group?.paths) || !Array.isArray(group.weights)) {
      throw new ModelError('does not say which of its weights are in which file');
    }
    const shards = group.paths.map((name: unknown) => shardOf(name, folder));
    let begin = 0;
    for (const entry of group.weights) {
      const tensor = tensorOf(entry, shards, begin);
      begin += tensor.bytes;
      numbers += sizeOf(tensor.shape);
      if (numbers > MOST_NUMBERS || tensors.size >= MOST_TENSORS) {
        throw new ModelError(`has more than ${MOST_NUMBERS.toLocaleString('en-US')} weights`);
      }
      if (tensors.has(tensor.name)) throw new ModelError(`lists the weight ${shown(tensor.name)} twice`);
      tensors.set(tensor.name, tensor);
    }
    const there = shards.reduce((sum, { bytes }) => sum + bytes, 0);
    if (there !== begin) {
      const files = group.paths.join(', ');
      throw new ModelError(
        `lists weights of ${begin.toLocaleString('en-US')} bytes, and ${shown(files)} has ${there.toLocaleString('en-US')}`,
        'copy or convert the model again',
      );
    }
  }
  return tensors;
}

/** A weight file: a plain name beneath the folder of the model, not a link that leads out of it. */
function shardOf(name: unknown, folder: string): Shard {
  const isPlain =
    typeof name === 'string' &&
    /^[^\0:\\]+$/.test(name) &&
    !path.isAbsolute(name) &&
    !name.split('/').includes('..');
  if (!isPlain) {
    throw new ModelError(
      `keeps weights in ${shown(JSON.stringify(name))}, and only files beside it are read`,
    );
  }
  let file: string;
  try {
    file = realpathSync(path.join(folder, name));
  } catch {
    throw new ModelError(
      `keeps weights in ${shown(name)}, which is not there`,
      `put ${shown(name)} beside it`,
    );
  }
  if (!file.startsWith(folder + path.sep)) {
    throw new ModelError(`keeps weights in ${shown(name)}, a link that leads out of its folder`);
  }
  const info = statSync(file);
  if (!info.isFile()) throw new ModelError(`keeps weights in ${shown(name)}, which is not a file`);
  return { file, bytes: info.size };
}

function tensorOf(entry: unknown, shards: readonly Shard[], begin: number): StoredTensor {
  const { name, shape, dtype, quantization } = (entry ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string' || !/^[^\p{C}]{1,500}$/u.test(name)) {
    throw new ModelError('lists a weight without a name that is a plain text');
  }
  const isShape =
    Array.isArray(shape) &&
    shape.length <= 6 &&
    shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!isShape || sizeOf(shape as number[]) > MOST_NUMBERS) {
    throw new ModelError(`gives its weight ${shown(name)} the shape ${shown(JSON.stringify(shape))}`);
  }
  const encoding = encodingOf(name, dtype, quantization);
  const bytes = sizeOf(shape as number[]) * bytesPerNumber(encoding);
  return { name, shape: shape as number[], encoding, shards, begin, bytes };
}

function encodingOf(name: string, dtype: unknown, quantization: unknown): Encoding {
  if (quantization === undefined || quantization === null) {
    if (dtype === 'float32' || dtype === 'float16') return { kind: dtype };
    const size = typeof dtype === 'string' ? OTHER_SIZES[dtype] : undefined;
    if (size !== undefined) return { kind: 'other', dtype: String(dtype), size };
    throw new ModelError(
      `keeps its weight ${shown(name)} as ${shown(JSON.stringify(dtype))}, which cannot be read`,
    );
  }
  const { dtype: kind, scale, min, original_dtype: original } = quantization as Record<string, unknown>;
  const restored = original ?? dtype;
  if (restored === 'float32' && kind === 'float16') return { kind };
  const isLinear = Number.isFinite(scale) && Number.isFinite(min);
  if ((kind === 'uint8' || kind === 'uint16') && isLinear) {
    if (restored !== 'float32')
      return { kind: 'other', dtype: String(restored), size: kind === 'uint8' ? 1 : 2 };
    return { kind, scale: scale as number, min: min as number };
  }
  throw new ModelError(`has quantised its weight ${shown(name)} in a way that ganc does not know`);
}

function bytesPerNumber(encoding: Encoding): number {
  if (encoding.kind === 'other') return encoding.size;
  return { float32: 4, float16: 2, uint16: 2, uint8: 1 }[encoding.kind];
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A text from the file, fit for a message. */
function shown(text: string): string {
  const printable = text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?');
  return printable.length > 80 ? `${printable.slice(0, 79)}…` : printable;
}
