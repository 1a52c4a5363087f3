import { mkdir, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { reasonOf, UserError } from '../../../user-error.ts';
import { installFolder } from '../folders.ts';
import { ADDON, addonFolder, buildAddon, fetchAddon, linkLibraries, tryAddon } from './addon.ts';
import { causeOf } from './run-program.ts';
import { checkTools, type Tools } from './tools.ts';
import { fetchWheel, unpackWheel } from './wheel.ts';

export interface InstallStep {
  readonly number: number;
  readonly of: number;
  readonly what: string;
}

export interface InstallOptions {
  /** Installs even where the engine is there and works. */
  readonly force?: boolean;
  /** Ends the programs that run, and leaves nothing behind. */
  readonly signal?: AbortSignal;
  /** Bytes that must be free. */
  readonly room?: number;
}

export interface Installed {
  readonly folder: string;
  /** False: it was there already, and works. */
  readonly fresh: boolean;
}

/** Two thirds stay, the rest is the wheel and its headers. */
const ROOM = 2e9;

/**
 * Installs the tensorflow engine for this user, beside any project: npm brings the addon's sources without
 * running their install script, pip a current TensorFlow, and the addon is built against it. It is put
 * together in a folder of its own and moved into place at the end, so a failure leaves what was there.
 *
 * @throws UserError with what is missing; the whole output of the program that failed is written to a file
 */
export async function installTensorflow(
  observe: (step: InstallStep) => void,
  { force = false, signal, room = ROOM }: InstallOptions = {},
): Promise<Installed> {
  const target = installFolder();
  await clearLeftovers(target);
  if (!force && (await works(target, signal))) return { folder: target, fresh: false };
  const tools = await checkTools(signal);
  const work = `${target}.new-${process.pid}`;
  await makeFolder(work, room);
  const steps: readonly (readonly [string, () => Promise<void>])[] = [
    [`fetching ${ADDON.name} ${ADDON.version} with npm`, () => fetchAddon(work, tools, signal)],
    ['fetching TensorFlow with pip (about 300 MB)', () => fetchWheel(work, tools, signal)],
    ['unpacking it and checking its hashes', () => unpack(work, tools, signal)],
    ['building the addon against it', () => buildAddon(work, tools, signal)],
    ['trying it', () => check(work, tools, signal)],
  ];
  try {
    for (const [index, [what, act]] of steps.entries()) {
      observe({ number: index + 1, of: steps.length, what });
      await act();
    }
    signal?.throwIfAborted();
    await rm(path.join(work, 'tensorflow', 'include'), { recursive: true, force: true });
    await remove(target);
    await rename(work, target);
  } catch (error) {
    throw await withLog(error, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return { folder: target, fresh: true };
}

/** Takes the engine away again; says whether there was one. */
export async function removeTensorflow(): Promise<boolean> {
  const target = installFolder();
  await clearLeftovers(target);
  return remove(target);
}

/** Away at once by its name, then file by file: what is left if that is interrupted is cleared the next time. */
async function remove(target: string): Promise<boolean> {
  const old = `${target}.old-${process.pid}`;
  try {
    await rename(target, old);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw new UserError(`cannot remove ${target}: ${reasonOf(error)}`);
  }
  await rm(old, { recursive: true, force: true });
  return true;
}

/** Removes what installations that were killed have left. Those that are under way belong to a living process. */
async function clearLeftovers(target: string): Promise<void> {
  const folder = path.dirname(target);
  for (const name of await readdir(folder).catch(() => [])) {
    const [, pid] = new RegExp(`^${path.basename(target)}\\.(?:new|old)-(\\d+)$`).exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function works(target: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    const manifest = await readFile(path.join(addonFolder(target), 'package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    if (version !== ADDON.version) return false;
  } catch {
    return false;
  }
  return (await tryAddon(target, { node: process.execPath }, signal)) === null;
}

async function makeFolder(work: string, room: number): Promise<void> {
  const parent = path.dirname(work);
  try {
    await mkdir(parent, { recursive: true });
    const { bavail, bsize } = await statfs(parent);
    const free = bavail * bsize;
    if (free < room) {
      throw new UserError(
        `an installation needs ${gigabytes(room)}, and the disk of ${parent} has ${gigabytes(free)}`,
        'make room, or set GANC_HOME to a folder on another disk (and keep it set: ganc looks there)',
      );
    }
    await mkdir(work);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `cannot make a folder in ${parent}: ${reasonOf(error)}`,
      'set GANC_HOME to a folder of yours (and keep it set: ganc looks there)',
    );
  }
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

async function unpack(work: string, tools: Tools, signal: AbortSignal | undefined): Promise<void> {
  await linkLibraries(work, await unpackWheel(work, tools, signal));
}

async function check(work: string, tools: Tools, signal: AbortSignal | undefined): Promise<void> {
  const failed = await tryAddon(work, tools, signal);
  if (!failed) return;
  throw new UserError(
    `the addon was built but does not work here: ${causeOf(failed)}`,
    'report it with this text',
    { cause: failed.output },
  );
}

/** The one line of an error seldom suffices to mend a machine, so all that was said is kept beside the folder. */
async function withLog(error: unknown, target: string): Promise<unknown> {
  if (!(error instanceof UserError) || typeof error.cause !== 'string') return error;
  const log = `${target}-install.log`;
  try {
    await writeFile(log, error.cause);
  } catch {
    return error;
  }
  const { message, help, cause } = error;
  return new UserError(message, `${help}; ${log} has the whole output`, { cause });
}
