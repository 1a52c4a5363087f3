import path from 'node:path';
import { expect } from 'vitest';
import { CheckpointFolder } from '../../runtime/train/checkpoint-folder.ts';
import type { Ganc } from './ganc.ts';

/** What is killed, and how often. */
interface Killing {
  /** The command line of the training, the same each time but for `--resume`. */
  readonly argv: readonly string[];
  /** Its run folder, in the folder of `ganc`. */
  readonly run: string;
  readonly attempts: number;
  /** Each attempt is killed at a random moment so many milliseconds after its first step: in a step, while a checkpoint is written, in between. */
  readonly within: number;
}

/** Kills a training again and again, goes on with what is left of it each time, and in the end lets it finish. */
export async function killAndResume(ganc: Ganc, { argv, run, attempts, within }: Killing): Promise<void> {
  const checkpoints = new CheckpointFolder(path.join(ganc.folder, run, 'checkpoints'));
  let kills = 0;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const resume = (await checkpoints.list()).length > 0;
    const started = ganc.start([...argv, ...(resume ? ['--resume'] : [])]);
    await started.hears(/^step +\d+/m).catch(() => {});
    const timer = setTimeout(() => started.process.kill('SIGKILL'), Math.random() * within);
    const { signal, exitCode } = await started.ended;
    clearTimeout(timer);
    if (signal === 'SIGKILL') kills++;
    else if (exitCode === 0) break;
  }
  expect(kills).toBeGreaterThan(0);
  const { exitCode, err } = await ganc.run([...argv, '--resume']);
  expect(exitCode, err).toBe(0);
}
