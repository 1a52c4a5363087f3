import path from 'node:path';
import type { StateVariable } from '../../compiler/tensor/program.ts';
import { sampledVariables } from '../share/weights.ts';
import { type Checkpoint, readCheckpoint } from '../train/checkpoint.ts';
import type { FoundCheckpoint } from '../train/checkpoint-folder.ts';
import type { Job } from '../train/job.ts';
import { RunFolder } from '../train/run-folder.ts';
import { reasonOf, UserError } from '../user-error.ts';
import { openBundle } from './bundle-file.ts';
import { isBundle } from './is-bundle.ts';
import { keptSpec, packedSpec, type Spec } from './spec-file.ts';
import type { Terminal } from './terminal.ts';

/** A spec and the weights that training found for it. */
export interface Trained {
  /** What it was read from. */
  readonly file: string;
  readonly spec: Spec;
  readonly hash: string;
  readonly step: number;
  /** That of the training. */
  readonly seed: number;
  readonly state: Checkpoint['state'];
  /** Hashes of the frozen weights that it was trained against; null where nobody noted them. */
  readonly pretrained: Checkpoint['pretrained'] | null;
  /** Those of a job that must be in the state. */
  variables(job: Job): readonly StateVariable[];
}

/** What a run or a bundle holds: its newest checkpoint, unless `checkpoint` names a file. */
export async function findTrained(
  run: string,
  checkpoint: string | undefined,
  terminal: Terminal,
): Promise<Trained> {
  if (!(await isBundle(run))) {
    const found = await findCheckpoint(run, checkpoint, terminal);
    const { spec, step, seed, state, pretrained } = found.checkpoint;
    const variables = ({ compiled }: Job) => compiled.set.state;
    const { file } = found;
    return { file, spec: keptSpec(run, spec), hash: spec.hash, step, seed, state, pretrained, variables };
  }
  const bundle = await openBundle(run);
  const { weights } = bundle;
  if (!weights || checkpoint !== undefined) {
    throw new UserError(
      weights ? `${run} is a bundle, which has weights of its own` : `${run} holds no weights`,
      weights ? 'leave --checkpoint out' : 'train it: ganc train takes it as it is',
      { exitCode: 2 },
    );
  }
  const { spec: hash, step, seed, state } = weights;
  const variables = ({ compiled }: Job) => sampledVariables(compiled.set.state);
  return { file: run, spec: packedSpec(run, bundle), hash, step, seed, state, pretrained: null, variables };
}

async function findCheckpoint(
  run: string,
  file: string | undefined,
  terminal: Terminal,
): Promise<FoundCheckpoint> {
  if (file !== undefined) {
    try {
      return { file, checkpoint: await readCheckpoint(file) };
    } catch (error) {
      throw new UserError(`${file} cannot be used: ${reasonOf(error)}`, 'choose another one', {
        cause: error,
      });
    }
  }
  const folder = new RunFolder(run);
  const found = await folder.checkpoints.latest((message) => warn(terminal, message), false);
  if (found) return found;
  throw new UserError(
    `there is no checkpoint in ${path.join(run, 'checkpoints')}`,
    'pass the folder of a run: ganc train prints it at its end',
    { exitCode: 2 },
  );
}

export function warn({ err }: Terminal, message: string): void {
  err.write(`${err.colors.yellow('warning:')} ${message}\n`);
}
