import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { reasonOf, UserError } from '../user-error.ts';
import { CheckpointFolder } from './checkpoint-folder.ts';
import { makeFolders } from './make-folders.ts';
import { LOCK } from './run-lock.ts';
import { writeWhole } from './write-file.ts';

/** The folder of one run: everything that training writes is in it. */
export class RunFolder {
  readonly folder: string;
  readonly checkpoints: CheckpointFolder;

  constructor(folder: string, keep?: number) {
    this.folder = folder;
    this.checkpoints = new CheckpointFolder(path.join(folder, 'checkpoints'), keep);
  }

  get events(): string {
    return path.join(this.folder, 'events.jsonl');
  }

  get curves(): string {
    return path.join(this.folder, 'curves.svg');
  }

  /** Where a picture of a training step goes; `output` when there are several at each. */
  picture(step: number, output: string | null): string {
    const name = `${output === null ? '' : `${output}-`}step-${String(step).padStart(8, '0')}.png`;
    return path.join(this.folder, 'samples', name);
  }

  /** Writes a file of the run whole, making its folder; tells in words why it cannot be written. */
  async write(file: string, content: Uint8Array | string): Promise<void> {
    try {
      await makeFolders(path.dirname(file));
      await writeWhole(file, [typeof content === 'string' ? Buffer.from(content) : content]);
    } catch (error) {
      throw new UserError(
        `${file} cannot be written: ${reasonOf(error)}`,
        'make room or make the folder writable, then go on with --resume',
        { cause: error },
      );
    }
  }

  /** Whether a run was started here, and ended before its first checkpoint: it can only start again. */
  async isBegun(): Promise<boolean> {
    const names = await contentsOf(this.folder).catch(() => []);
    const known = /^(spec|spec\.gan(\.json)?|events\.jsonl|checkpoints)(\..*\.?part)?$/;
    return names.length > 0 && names.every((name) => known.test(name));
  }
}

/** Makes the folder of a new run: `out`, which must be empty or not there, else the next free `runs/<name>-<n>`. */
export async function createRun(out: string | null, name: string, keep?: number): Promise<RunFolder> {
  if (out === null) return new RunFolder(await nextFree(name), keep);
  await make(out);
  if ((await contentsOf(out)).length > 0) {
    throw new UserError(
      `${out} is not empty`,
      'pass --resume to go on with the run in it, or choose another folder with --out',
    );
  }
  return new RunFolder(out, keep);
}

/** What lies in a run folder, but for the lock: that alone is no run. */
async function contentsOf(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name !== LOCK);
}

/** The newest `runs/<name>-<n>`, for --resume without --out; null when there is none. */
export async function newestRun(name: string): Promise<string | null> {
  const numbers = await runNumbers(name);
  return numbers.length === 0 ? null : path.join('runs', `${name}-${Math.max(...numbers)}`);
}

async function nextFree(name: string): Promise<string> {
  await make('runs');
  for (let number = Math.max(0, ...(await runNumbers(name))) + 1; ; number++) {
    const folder = path.join('runs', `${name}-${number}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unmade(folder, error);
    }
  }
}

async function runNumbers(name: string): Promise<number[]> {
  const names = await readdir('runs').catch(() => []);
  return names.flatMap((entry) => {
    const number = entry.startsWith(`${name}-`) ? entry.slice(name.length + 1) : '';
    return /^\d{1,9}$/.test(number) ? [Number(number)] : [];
  });
}

async function make(folder: string): Promise<void> {
  try {
    await makeFolders(folder);
  } catch (error) {
    throw unmade(folder, error);
  }
}

function unmade(folder: string, error: unknown): UserError {
  const taken = (error as NodeJS.ErrnoException).code === 'EEXIST';
  return new UserError(
    `the folder ${folder} cannot be made: ${taken ? 'a file has that name' : reasonOf(error)}`,
    'choose a place that can be written with --out',
    { cause: error },
  );
}
