import { readFileSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { reasonOf, UserError } from '../user-error.ts';

/** The name of the file in a run folder. */
export const LOCK = 'lock';

/** What the file of a lock says about the process that holds it. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  /** When the process started, in the system's own count: another with the same number did not start just then. */
  readonly started: string | null;
}

/**
 * Keeps a second process from training in the same run folder, where each would remove the other's checkpoints. Gives
 * what lets go again. A process that was killed cannot let go, so a lock counts only while its holder lives; nothing
 * can be known about a holder on another machine, so there it does not count.
 */
export async function lockRun(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, LOCK);
  const self: Holder = { host: hostname(), pid: process.pid, started: stateOf(process.pid)?.started ?? null };
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, `${JSON.stringify(self)}\n`, { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        await rm(file, { force: true }).catch(() => {});
        throw new UserError(
          `${file} cannot be written: ${reasonOf(error)}`,
          'make room or make the folder writable',
          { cause: error },
        );
      }
    }
    const holder = await readHolder(file);
    if (holder && lives(holder, self)) throw inUse(folder, file, holder.pid);
    await rm(file, { force: true });
  }
  throw inUse(folder, file, null);
}

function inUse(folder: string, file: string, pid: number | null): UserError {
  return new UserError(
    `${folder} is being trained by ${pid === null ? 'another process' : `process ${pid}`}`,
    `wait until it ends or stop it; if that is no training, remove ${file}`,
  );
}

/** Null when the lock has gone, or was cut short by a full disk. */
async function readHolder(file: string): Promise<Holder | null> {
  try {
    const { host, pid, started } = JSON.parse(await readFile(file, 'utf8')) as Partial<Holder>;
    return typeof host === 'string' && Number.isSafeInteger(pid)
      ? { host, pid: pid!, started: started ?? null }
      : null;
  } catch {
    return null;
  }
}

function lives({ host, pid, started }: Holder, self: Holder): boolean {
  if (host !== self.host || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // It lives, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const state = stateOf(pid);
  return state === null || (!state.dead && (started === null || state.started === started));
}

/** What Linux knows of a process; null elsewhere. One that has ended and is not yet buried is dead. */
function stateOf(pid: number): { readonly dead: boolean; readonly started: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, its name in brackets, may itself hold brackets and spaces.
    const [state, ...after] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { dead: state === 'Z' || state === 'X', started: after[18]! };
  } catch {
    return null;
  }
}
