import { ModelError } from '../../compiler/pretrained/model-error.ts';
import type { FoundModel, ModelFinder } from '../../compiler/source/model-finder.ts';
import { DataError } from '../data/data-error.ts';
import { DataRoot } from '../data/data-root.ts';
import { readModelFile } from '../pretrained/model-file.ts';

/** Reads the models that a spec in `folder` names; with `--data-root` they lie there. Each is read once. */
export function modelFinder(folder: string, dataRoot?: string): ModelFinder {
  const root = new DataRoot(dataRoot ?? folder, dataRoot !== undefined);
  const known = new Map<string, FoundModel>();
  return (from) => {
    const found = known.get(from) ?? find(root, from);
    known.set(from, found);
    return found;
  };
}

function find(root: DataRoot, from: string): FoundModel {
  try {
    const { topology, tensors } = readModelFile(root.resolve(from));
    const shapes = [...tensors].map(([name, { shape }]) => [name, shape] as const);
    return { kind: 'found', topology, tensors: new Map(shapes) };
  } catch (error) {
    const { message: problem, help } = error as DataError;
    if (error instanceof DataError) return { kind: 'unusable', problem, help };
    if (error instanceof ModelError) return { kind: 'unusable', problem: `${from} ${problem}`, help };
    throw error;
  }
}
