import type { Checked } from '../../compiler/compile.ts';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import type { Scene } from '../../compiler/diagnostics/scene.ts';
import { compileSpec } from '../../runtime/cli/compiled-spec.ts';
import { openSession } from '../../runtime/cli/engine-choice.ts';
import { located } from '../../runtime/cli/located.ts';
import { readSpec } from '../../runtime/cli/spec-file.ts';
import { open } from '../../runtime/data/loader.ts';
import { FoundError } from '../../runtime/found-error.ts';
import { requireSameSpec, storedState } from '../../runtime/train/checkpoint.ts';
import type { Job } from '../../runtime/train/job.ts';
import { requireLabels } from '../../runtime/train/sample-labels.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';
import { engineWithout } from '../engines/engine-without.ts';
import { foundIn } from './found-in.ts';

type Found = Pick<Checked, 'sources'> & { readonly diagnostics: readonly Diagnostic[] };

/** What is found in an example when its scene is played: by the code that commands run, with the text as the spec. */
export async function play(name: string, text: string, scene?: Scene): Promise<Found> {
  const checked = foundIn(name, text, scene);
  if (!scene || 'machine' in scene || checked.diagnostics.length > 0) return checked;
  const { job, compiled } = await jobOf(text);
  try {
    await located(compiled, () => act(job, scene));
    return checked;
  } catch (error) {
    if (!(error instanceof FoundError) || !error.diagnostic) throw error;
    return { diagnostics: [error.diagnostic], sources: compiled.sources };
  }
}

async function jobOf(text: string) {
  const { terminal } = fakeTerminal(text);
  const { checked, stages } = compileSpec(await readSpec('-', terminal), {}, terminal);
  return { job: stages[0]!.job(), compiled: checked };
}

async function act(job: Job, scene: Exclude<Scene, { machine: unknown }>): Promise<void> {
  const { set } = job.compiled;
  switch (scene.play) {
    case 'open its data':
      for (const dataset of job.datasets) {
        const loader = await open(dataset, job.spec.folder, { batch: 2, seed: 0 });
        await loader.close();
      }
      return;
    case 'open it on an engine': {
      const among = [engineWithout(scene.without)];
      const programs = Object.keys(set.programs);
      const { session } = await openSession(job, { programs, among }, () => {});
      return session.close();
    }
    case 'sample it':
      return requireLabels(job, job.samples[0]!, undefined);
    case 'resume': {
      const trained = (await jobOf(scene.trained)).job;
      const variables = trained.compiled.set.state;
      const zeros = new Map(variables.map(({ path, shape, dtype }) => [path, emptyArray(shape, dtype)]));
      const checkpoint = { state: storedState(variables, zeros), spec: trained.spec };
      return requireSameSpec(checkpoint, job.spec, set.state, 'step-00000040.safetensors');
    }
  }
}

function emptyArray(shape: readonly number[], dtype: string): Float32Array | Int32Array {
  const length = shape.reduce((product, size) => product * size, 1);
  return dtype === 'f32' ? new Float32Array(length) : new Int32Array(length);
}
