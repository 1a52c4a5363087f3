import { DataError } from '../data/data-error.ts';
import { type DatasetFacts, numberArgument, stringArgument } from '../data/dataset.ts';
import { open } from '../data/loader.ts';
import type { SpecStage } from './compiled-spec.ts';

/**
 * Opens the data of stages that are still to come and closes it again, so that what is missing or does not fit shows now
 * and not after hours of training, which goes on for `steps`. What is open already, or the same as in another stage, is not opened again.
 */
export async function tryLaterData(
  stages: readonly SpecStage[],
  { current, steps }: { readonly current: number; readonly steps: number },
  folder: string,
  dataRoot: string | undefined,
): Promise<void> {
  const known = new Set(stages[current]!.model.datasets.map(identity));
  for (const { stage, model } of stages.slice(current + 1)) {
    if (stage!.start >= steps) return;
    for (const dataset of model.datasets) {
      if (known.has(identity(dataset))) continue;
      known.add(identity(dataset));
      try {
        const loader = await open(dataset, folder, { batch: 1, seed: 0, ...(dataRoot ? { dataRoot } : {}) });
        await loader.close();
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        const message = `the stage ${JSON.stringify(stage!.label)} could not begin: ${error.message}`;
        throw new DataError(message, error.help, error.code);
      }
    }
  }
}

/** What a dataset is opened by. */
function identity(
  dataset: DatasetFacts & { readonly source: { readonly arguments: readonly { name: string }[] } },
) {
  const values = dataset.source.arguments.map(
    ({ name }) => stringArgument(dataset, name) ?? numberArgument(dataset, name) ?? null,
  );
  const fields = dataset.fields.map(({ name, type: { shape, range, label } }) => [name, shape, range, label]);
  return JSON.stringify([dataset.name, dataset.source.name, values, fields]);
}
