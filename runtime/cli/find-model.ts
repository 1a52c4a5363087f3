import { ModelError } from '../../compiler/pretrained/model-error.ts';
import type { FoundModel, ModelFinder } from '../../compiler/source/model-finder.ts';
import { DataError } from '../data/data-error.ts';
import { readModelFile } from '../pretrained/model-file.ts';
import { type DeclaredIn, type ModelHome, modelPlace } from '../pretrained/model-place.ts';
import type { SpecImports } from '../share/spec-imports.ts';

/** Reads the models that a spec and what it imports name, each once. */
export function modelFinder(imports: Pick<SpecImports, 'whereabouts'>, home: ModelHome): ModelFinder {
  const known = new Map<string, FoundModel>();
  return (from, declaredIn) => {
    const key = JSON.stringify([from, declaredIn]);
    const found = known.get(key) ?? find(from, imports.whereabouts(declaredIn), home);
    known.set(key, found);
    return found;
  };
}

function find(from: string, declaredIn: DeclaredIn, home: ModelHome): FoundModel {
  try {
    const { topology, tensors } = readModelFile(modelPlace(from, declaredIn, home));
    const shapes = [...tensors].map(([name, { shape }]) => [name, shape] as const);
    return { kind: 'found', topology, tensors: new Map(shapes) };
  } catch (error) {
    const { message: problem, help } = error as DataError;
    if (error instanceof DataError) return { kind: 'unusable', problem, help };
    if (error instanceof ModelError) return { kind: 'unusable', problem: `${from} ${problem}`, help };
    throw error;
  }
}
