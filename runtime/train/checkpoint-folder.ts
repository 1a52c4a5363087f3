import { readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { reasonOf, UserError } from '../user-error.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { makeFolders } from './make-folders.ts';
import { SafetensorsError } from './safetensors.ts';

export interface FoundCheckpoint {
  readonly file: string;
  readonly checkpoint: Checkpoint;
}

/** `step-00000040.safetensors`; after a loss that was not finite also `step-00000040-run-1.safetensors`. */
const NAME = /^step-(\d{8,})(?:-run-(\d+))?\.safetensors$/;

/** The checkpoints of a run: the newest few, so that there is one before the last when the last is damaged. */
export class CheckpointFolder {
  readonly folder: string;
  readonly #keep: number;

  constructor(folder: string, keep = 2) {
    this.folder = folder;
    this.#keep = keep;
  }

  /** Paths, oldest first. */
  async list(): Promise<string[]> {
    let names: string[];
    try {
      names = await readdir(this.folder);
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
      throw new UserError(`${this.folder} cannot be read: ${reasonOf(error)}`, null, { cause: error });
    }
    return names
      .map((name) => ({ name, place: NAME.exec(name) }))
      .filter(({ place }) => place !== null)
      .sort((a, b) => compare(a.place!, b.place!))
      .map(({ name }) => path.join(this.folder, name));
  }

  /** Writes one and lets go of the oldest. When that fails, those that are there stay untouched. */
  async write(checkpoint: Checkpoint): Promise<{ file: string; bytes: number }> {
    const { step, run } = checkpoint;
    const name = `step-${String(step).padStart(8, '0')}${run > 0 ? `-run-${run}` : ''}.safetensors`;
    const file = path.join(this.folder, name);
    try {
      await makeFolders(this.folder);
      await writeCheckpoint(file, checkpoint);
    } catch (error) {
      throw unwritten(file, step, error);
    }
    const all = await this.list();
    for (const old of all.slice(0, Math.max(0, all.length - this.#keep))) await rm(old, { force: true });
    return { file, bytes: (await stat(file)).size };
  }

  /**
   * The newest checkpoint that is whole, or null when there is none at all. `warn` is told of damaged ones. With
   * `setAside` those are renamed, so that the next ones are not counted against them, and files that were never
   * finished are removed.
   */
  async latest(warn: (message: string) => void, setAside: boolean): Promise<FoundCheckpoint | null> {
    const files = (await this.list()).reverse();
    if (setAside) await this.#removeUnfinished();
    for (const [i, file] of files.entries()) {
      try {
        const checkpoint = await readCheckpoint(file);
        if (setAside) await setAsideAll(files.slice(0, i));
        return { file, checkpoint };
      } catch (error) {
        const next = i + 1 < files.length ? '; trying the one before it' : '';
        warn(`${file} cannot be used: ${wordsOf(error)}${next}`);
      }
    }
    if (files.length === 0) return null;
    throw new UserError(
      `none of the ${files.length} checkpoints in ${this.folder} can be used`,
      'start again in another folder with --out, or put a copy of a checkpoint back',
    );
  }

  async #removeUnfinished(): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      if (/\.safetensors\.\d+\.part$/.test(name)) await rm(path.join(this.folder, name), { force: true });
    }
  }
}

async function setAsideAll(damaged: readonly string[]): Promise<void> {
  for (const file of damaged) await rename(file, `${file}.damaged`).catch(() => {});
}

function unwritten(file: string, step: number, error: unknown): UserError {
  const full = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
  return new UserError(
    `the checkpoint of step ${step} cannot be written to ${file}: ${reasonOf(error)}`,
    `${full ? 'make room' : 'make the folder writable'}, then go on with --resume`,
    { cause: error },
  );
}

function wordsOf(error: unknown): string {
  return error instanceof SafetensorsError ? error.message : reasonOf(error);
}

function compare(a: RegExpExecArray, b: RegExpExecArray): number {
  return Number(a[1]) - Number(b[1]) || Number(a[2] ?? 0) - Number(b[2] ?? 0);
}
