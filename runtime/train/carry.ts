import { changingState, type StateVariable, sizeOf } from '../../compiler/tensor/program.ts';
import type { TensorData } from '../engines/engine.ts';
import type { StoredTensor } from './checkpoint-file.ts';

/** What goes on from one stage of training into the next. */
export interface Carried {
  /** By path, for the state of the next stage. */
  readonly values: ReadonlyMap<string, TensorData>;
  /** Trained weights that go on, that the next stage begins with, and that are left behind. */
  readonly weights: { readonly kept: Count; readonly fresh: Count; readonly left: Count };
}

export interface Count {
  readonly tensors: number;
  /** All of their elements. */
  readonly numbers: number;
}

/**
 * Everything of a state that has a place in the next one: weights, what optimizers keep for them, averaged copies and
 * statistics whose path, shape and kind are the same in both.
 */
export function carry(
  before: readonly StateVariable[],
  state: ReadonlyMap<string, StoredTensor>,
  next: readonly StateVariable[],
): Carried {
  const changing = changingState(next);
  const fitting = changing.filter(({ path, shape, dtype }) => {
    const there = state.get(path);
    return there?.shape.join() === shape.join() && there.values instanceof Float32Array === (dtype === 'f32');
  });
  const fits = new Set(fitting.map(({ path }) => path));
  // A reference batch or a pool counts as kept only where all of it goes on.
  for (const { path } of changing) {
    const [, whole] = /^(.*\/(?:reference|pool(?:\.\d+)?)\/)[^/]+$/.exec(path) ?? [];
    if (whole === undefined || fits.has(path)) continue;
    for (const one of [...fits]) if (one.startsWith(whole)) fits.delete(one);
  }
  const weights = (variables: readonly StateVariable[]) => variables.filter(({ role }) => role === 'weight');
  return {
    values: new Map([...fits].map((path) => [path, state.get(path)!.values])),
    weights: {
      kept: counted(weights(changing).filter(({ path }) => fits.has(path))),
      fresh: counted(weights(changing).filter(({ path }) => !fits.has(path))),
      left: counted(weights(changingState(before)).filter(({ path }) => !fits.has(path))),
    },
  };
}

function counted(variables: readonly StateVariable[]): Count {
  return {
    tensors: variables.length,
    numbers: variables.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
  };
}
