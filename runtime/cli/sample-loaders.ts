import { type Loader, open } from '../data/loader.ts';
import type { Job } from '../train/job.ts';
import { batchOf } from '../train/samples.ts';

/** The datasets that the programs of `evaluate` blocks draw from, opened for each in batches of its size. */
export async function openEvaluationLoaders(
  job: Job,
  seed: number,
  dataRoot: string | undefined,
): Promise<Map<string, Map<string, Loader>>> {
  const all = new Map<string, Map<string, Loader>>();
  for (const { program: name } of job.compiled.evaluations) {
    const loaders = new Map<string, Loader>();
    all.set(name, loaders);
    for (const { from, shape } of job.compiled.set.programs[name]!.inputs) {
      if (from.kind !== 'data' || loaders.has(from.dataset)) continue;
      loaders.set(from.dataset, await openDataset(job, from.dataset, shape[0]!, seed, dataRoot));
    }
  }
  return all;
}

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
      loaders.set(from.dataset, await openDataset(job, from.dataset, batchOf(program), seed, dataRoot));
    }
  }
  return loaders;
}

function openDataset(
  job: Job,
  name: string,
  batch: number,
  seed: number,
  dataRoot: string | undefined,
): Promise<Loader> {
  const dataset = job.datasets.find((set) => set.name === name)!;
  return open(dataset, job.spec.folder, { batch, seed, ...(dataRoot ? { dataRoot } : {}) });
}
