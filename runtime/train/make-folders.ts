import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder and those above it. Node tries for ever to make a relative one when the folder it works in has been
 * deleted, so the path is made absolute first, which fails with a reason.
 */
export async function makeFolders(folder: string): Promise<void> {
  await mkdir(path.resolve(folder), { recursive: true });
}
