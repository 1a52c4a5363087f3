import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never ends where a folder that is there
 * answers that it is not: in one that was deleted while this process works in it, or in `/proc`. Here every folder is
 * tried once more at most, and the answer is the error.
 */
export async function makeFolders(folder: string): Promise<void> {
  await makeFolder(path.resolve(folder));
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(folder);
  } catch (error) {
    const above = path.dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) throw error;
    await makeFolder(above);
    await makeOne(folder);
  }
}

/** The folder above must be there. */
async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (!(await stat(folder).catch(() => null))?.isDirectory()) throw error;
  }
}
