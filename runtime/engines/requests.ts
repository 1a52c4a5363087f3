import { type Program, sizeOf } from '../../compiler/tensor/program.ts';
import { NonFiniteError, type TensorData } from './engine.ts';

/** What every session refuses, in the same words, whatever the engine. */

export type Inputs = Readonly<Record<string, TensorData>>;

/** What is known under a name. @throws RangeError when there is nothing. */
export function named<T>(kind: 'program' | 'state', known: ReadonlyMap<string, T>, name: string): T {
  const found = known.get(name);
  if (found === undefined) throw new RangeError(`there is no ${kind} named ${name}`);
  return found;
}

/** The numbers handed over for an input. @throws RangeError when they are not as many as the program wants. */
export function inputFor(
  program: string,
  { name, shape }: { readonly name: string; readonly shape: readonly number[] },
  inputs: Inputs,
): TensorData {
  const data = inputs[name];
  const wanted = sizeOf(shape);
  if (data?.length === wanted) return data;
  throw new RangeError(`${program} wants ${wanted} numbers as ${name}, not ${data ? data.length : 'none'}`);
}

/** @throws RangeError when `data` cannot be the new value of a state variable. */
export function checkFits(
  { path, shape }: { readonly path: string; readonly shape: readonly number[] },
  data: TensorData,
): void {
  const wanted = sizeOf(shape);
  if (data.length !== wanted) throw new RangeError(`${path} has ${wanted} numbers, not ${data.length}`);
}

/** The outputs that must be finite for the state to be written. */
export function guardedOutputs({ outputs }: Program): Program['outputs'] {
  return outputs.filter(({ name }) => name.startsWith('loss'));
}

/** @throws NonFiniteError for the first guarded output that is NaN or infinite. */
export function refuseNonFinite(program: Program, outputs: Readonly<Record<string, TensorData>>): void {
  for (const { name } of guardedOutputs(program)) {
    const broken = outputs[name]!.find((number) => !Number.isFinite(number));
    if (broken !== undefined) throw new NonFiniteError(program.name, name, broken);
  }
}
