import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { ModelError } from '../../compiler/pretrained/model-error.ts';
import { reasonOf } from '../user-error.ts';
import { readManifest, type StoredTensor } from './manifest.ts';

/** A TensorFlow.js Layers model on disk, its weights not read yet. */
export interface ModelFile {
  /** `modelTopology`, as it stands there. */
  readonly topology: unknown;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** Larger ones are refused: descriptions of the largest models known take a few megabytes. */
const MOST_BYTES = 64 * 2 ** 20;

/** Lists and objects within one another; models within models within models need a few dozen. */
const DEEPEST = 200;

/**
 * Reads a `model.json` and looks at its weight files from outside. `file` is a real path. Throws `ModelError`, whose
 * message follows the path.
 */
export function readModelFile(file: string): ModelFile {
  const json = parse(readText(file));
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ModelError('does not describe a model');
  }
  const { format, modelTopology, weightsManifest } = json as Record<string, unknown>;
  const isGraph = typeof modelTopology === 'object' && modelTopology !== null && 'node' in modelTopology;
  if (format === 'graph-model' || isGraph) {
    throw new ModelError(
      'is a graph model, which has no layers to take features from',
      'convert the original again, with --output_format tfjs_layers_model',
    );
  }
  if (modelTopology === undefined || weightsManifest === undefined) {
    throw new ModelError(
      'has no modelTopology and weightsManifest, so it is no TensorFlow.js Layers model',
      'convert the model with --output_format tfjs_layers_model',
    );
  }
  return {
    topology: modelTopology,
    tensors: readManifest(weightsManifest, realpathSync(path.dirname(file))),
  };
}

function readText(file: string): string {
  try {
    const info = statSync(file);
    if (!info.isFile()) throw new ModelError('is a folder', 'name the model.json in it');
    if (info.size > MOST_BYTES) {
      throw new ModelError(`is ${Math.round(info.size / 2 ** 20)} MB; a model.json has no weights in it`);
    }
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError(`cannot be read: ${reasonOf(error)}`);
  }
}

function parse(text: string): unknown {
  if (isDeeper(text, DEEPEST)) throw new ModelError(`is nested more than ${DEEPEST} deep`);
  try {
    return JSON.parse(text);
  } catch {
    throw new ModelError('is not JSON', 'copy or convert it again');
  }
}

/** Whether brackets stand within one another deeper than that; those in texts do not count. */
function isDeeper(json: string, most: number): boolean {
  let [depth, isText] = [0, false];
  for (let at = 0; at < json.length; at++) {
    const letter = json[at]!;
    if (isText) {
      if (letter === '\\') at++;
      else if (letter === '"') isText = false;
    } else if (letter === '"') isText = true;
    else if (letter === '[' || letter === '{') {
      if (++depth > most) return true;
    } else if (letter === ']' || letter === '}') depth--;
  }
  return false;
}
