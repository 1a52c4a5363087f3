import { programAt } from '../../compiler/4-lower/compiled.ts';
import type { StageTime } from '../../compiler/schedules/schedule.ts';
import { valueBySteps } from '../../compiler/schedules/times.ts';
import type { InputOrigin } from '../../compiler/tensor/program.ts';
import type { Batch } from '../data/dataset.ts';
import type { Loader } from '../data/loader.ts';
import { seedWords } from '../data/permutation.ts';
import type { TensorData } from '../engines/engine.ts';
import type { Portions, Run } from './run-order.ts';

export type Loaders = ReadonlyMap<string, Pick<Loader, 'batch' | 'size'>>;

/** The key of all random numbers of one run: i32[4]. */
export function randomKey(seed: number, step: number, place: number): Int32Array {
  const [low, high] = seedWords(seed);
  return Int32Array.of(low!, high!, step, place);
}

/** What a run of a training step takes, by the names of the program's inputs. `step` counts from 0. */
export async function trainingInputs(
  run: Run,
  step: number,
  seed: number,
  loaders: Loaders,
): Promise<Record<string, TensorData>> {
  const { place, count, draws, stage } = run;
  const program = programAt(run, step);
  const batches = new Map<string, Batch>();
  for (const [dataset, portions] of draws) {
    batches.set(dataset, await drawn(loaders.get(dataset)!, portions));
  }
  const value = (from: InputOrigin): TensorData => {
    switch (from.kind) {
      case 'data':
        return batches.get(from.dataset)![from.field]!;
      case 'key':
        return randomKey(seed, step, place);
      case 'count':
        return Float32Array.of((from.before ?? 0) + count);
      case 'schedule':
        return Float32Array.of(scheduleValue(from, step, stage));
      default:
        throw new Error(`${program.name} asks for a ${from.kind}, which only sampling has`);
    }
  };
  return Object.fromEntries(program.inputs.map(({ name, from }) => [name, value(from)]));
}

/** Portions of a dataset as one batch. */
async function drawn(loader: Pick<Loader, 'batch'>, { first, count }: Portions): Promise<Batch> {
  const batch = await loader.batch(first);
  if (count === 1) return batch;
  const parts = [batch];
  // One after the other: what comes next is read ahead.
  while (parts.length < count) parts.push(await loader.batch(first + parts.length));
  return Object.fromEntries(
    Object.entries(batch).map(([field, values]) => {
      const whole = values instanceof Int32Array ? Int32Array : Float32Array;
      const joined = new whole(count * values.length);
      for (const [index, part] of parts.entries()) joined.set(part[field]!, index * values.length);
      return [field, joined];
    }),
  );
}

/** A schedule at a step, counted from 0 over the whole training. */
export function scheduleValue(
  from: InputOrigin & { kind: 'schedule' },
  step: number,
  stage: StageTime,
): number {
  return valueBySteps(from, stage)(step);
}
