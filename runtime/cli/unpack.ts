import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { BUNDLE_ENDING } from '../share/bundle.ts';
import { makeFolders } from '../train/make-folders.ts';
import { reasonOf, UserError } from '../user-error.ts';
import { openParts } from './bundle-file.ts';
import type { Terminal } from './terminal.ts';

/** `ganc unpack FILE`: lays out the parts of a bundle in a new folder, after all of them were checked. */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('<file>', `a file that ganc pack wrote, ${BUNDLE_ENDING}`)
    .option('-o, --out <folder>', 'a folder that is empty or not there; default: the name of the file')
    .action(async (file: string, options: { readonly out?: string }) => {
      const parts = await openParts(file);
      const folder = options.out ?? path.basename(file).replace(/(\.gan)?\.zip$/, '');
      await requireEmpty(folder, file);
      for (const [name, bytes] of parts) await write(path.join(folder, ...name.split('/')), bytes);
      terminal.out.write(`${folder}\n`);
      const { err } = terminal;
      for (const name of parts.keys()) err.write(`  ${path.join(folder, name)}\n`);
    });
}

/** So that nothing is overwritten, and no link that lies there is followed. */
async function requireEmpty(folder: string, file: string): Promise<void> {
  let found: string[];
  try {
    found = await readdir(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    const why = folder === file || code === 'ENOTDIR' ? 'a file has that name' : reasonOf(cause);
    throw new UserError(`${folder} cannot be unpacked into: ${why}`, 'choose another folder with --out', {
      cause,
    });
  }
  if (found.length > 0) throw new UserError(`${folder} is not empty`, 'choose another folder with --out');
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await makeFolders(path.dirname(file));
    await writeFile(file, bytes, { flag: 'wx' });
  } catch (cause) {
    throw new UserError(`${file} cannot be written: ${reasonOf(cause)}`, 'choose another folder with --out', {
      cause,
    });
  }
}
