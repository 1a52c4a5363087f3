import { type Loader, open } from '../data/loader.ts';
import type { Job } from '../train/job.ts';
import { batchOf } from '../train/samples.ts';

/** Opens the datasets that networks are given when they are sampled, such as the sketches of pix2pix. */
export async function openSampleLoaders(
  job: Job,
  seed: number,
  dataRoot: string | undefined,
): Promise<Map<string, Loader>> {
  const loaders = new Map<string, Loader>();
  for (const { program: name } of job.samples) {
    const program = job.compiled.set.programs[name]!;
    for (const { from } of program.inputs) {
      if (from.kind !== 'data' || loaders.has(from.dataset)) continue;
      const dataset = job.datasets.find((set) => set.name === from.dataset)!;
      const options = { batch: batchOf(program), seed, ...(dataRoot ? { dataRoot } : {}) };
      loaders.set(dataset.name, await open(dataset, job.spec.folder, options));
    }
  }
  return loaders;
}
