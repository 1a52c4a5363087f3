import { createHash } from 'node:crypto';
import type { Initial } from '../../compiler/layers/layer.ts';
import { ModelError } from '../../compiler/pretrained/model-error.ts';
import { type ProgramSet, pathsRead, sizeOf } from '../../compiler/tensor/program.ts';
import { UserError } from '../user-error.ts';
import { readModelFile } from './model-file.ts';
import { type DeclaredIn, type ModelHome, modelPlace } from './model-place.ts';
import { readTensor } from './read-tensor.ts';

/** What must be known of a pretrained model to fill its weights; the checker's models are of this form. */
export interface PretrainedFacts {
  /** `vgg` */
  readonly name: string;
  /** The path of its model.json, as written. */
  readonly from: string;
  /** The file that it is written in. */
  readonly declaredIn: DeclaredIn;
  readonly weights: readonly {
    readonly path: string;
    readonly shape: readonly number[];
    readonly initial: Initial;
  }[];
}

/** The weights of pretrained models by their path in the state, and what tells whether they are still the same. */
export interface FrozenWeights {
  readonly values: ReadonlyMap<string, Float32Array>;
  /** SHA-256 of the weights that the spec uses, by the name of the model. */
  readonly hashes: Readonly<Record<string, string>>;
}

/**
 * Reads the weights of the models that some programs use, and no others. Rejects with `UserError` when a model has become
 * unusable since the spec was checked.
 */
export async function readFrozenWeights(
  models: readonly PretrainedFacts[],
  set: ProgramSet,
  names: readonly string[],
  home: ModelHome,
): Promise<FrozenWeights> {
  const used = pathsRead(set, names);
  const kept = new Set(set.state.map(({ path }) => path));
  const values = new Map<string, Float32Array>();
  const hashes: Record<string, string> = {};
  for (const model of models) {
    const { name, weights } = model;
    // All or nothing, so that the hash is the same whichever programs are run.
    if (!weights.some(({ path }) => used.has(path))) continue;
    const hash = createHash('sha256');
    for (const [path, numbers] of await readWeights(model, home)) {
      // A layer that was asked for and that no loss looks at is in no program.
      if (kept.has(path)) values.set(path, numbers);
      hash.update(`${path}\n`).update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    }
    hashes[name] = hash.digest('hex');
  }
  return { values, hashes };
}

async function readWeights(
  { from, declaredIn, weights }: PretrainedFacts,
  home: ModelHome,
): Promise<[path: string, values: Float32Array][]> {
  try {
    const { tensors } = readModelFile(modelPlace(from, declaredIn, home));
    const read: [string, Float32Array][] = [];
    for (const { path, shape, initial } of weights) {
      const size = sizeOf(shape);
      if (initial.kind === 'constant') read.push([path, new Float32Array(size).fill(initial.value)]);
      else if (initial.kind === 'values') read.push([path, Float32Array.from(initial.values)]);
      else if (initial.kind === 'file') {
        const tensor = tensors.get(initial.tensor);
        if (!tensor || sizeOf(tensor.shape) !== size) throw new ModelError('has changed while it was read');
        read.push([path, await readTensor(tensor)]);
      } else throw new Error(`${path} is not frozen`);
    }
    return read;
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new UserError(`${from} ${error.message}`, error.help, { cause: error });
  }
}
