import { open, readFile, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { diskFiles } from '../share/disk-files.ts';
import { keptFiles } from '../share/kept-files.ts';
import { SpecImports } from '../share/spec-imports.ts';
import type { SpecText } from '../train/job.ts';
import { reasonOf, UserError } from '../user-error.ts';
import type { Terminal } from './terminal.ts';

/** A spec as it was read, and where it is at home. */
export interface Spec {
  readonly source: SourceFile;
  readonly imports: SpecImports;
  /** Where its data paths start. */
  readonly folder: string;
}

/** Far above any spec that a person or program would write; what is larger is some other file. */
const LARGEST = 16 * 2 ** 20;

/** Reads a spec; `-` is standard input. */
export async function readSpec(name: string, terminal: Terminal): Promise<Spec> {
  if (name === '-')
    return specOnDisk(new SourceFile('<stdin>', await terminal.readInput()), path.resolve('-'));
  try {
    const { size } = await stat(name);
    if (size > LARGEST) {
      throw new UserError(`${name} is ${Math.round(size / 2 ** 20)} MB, too large for a spec`, null, {
        exitCode: 2,
      });
    }
    return specOnDisk(new SourceFile(name, await readFile(name, 'utf8')), path.resolve(name));
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${name} cannot be read: ${reasonOf(cause)}`, null, { cause, exitCode: 2 });
  }
}

function specOnDisk(source: SourceFile, at: string): Spec {
  const imports = new SpecImports(diskFiles, { name: source.name, path: at });
  return { source, imports, folder: path.dirname(at) };
}

/** A spec that a run or a bundle keeps, with the texts that it imports; `at` is what holds it. */
export function keptSpec(at: string, { file, text, imports, folder }: SpecText): Spec {
  const source = new SourceFile(path.join(at, file), text);
  const name = path.posix.basename(file);
  const files = keptFiles({ ...imports, [name]: text });
  return { source, imports: new SpecImports(files, { name: source.name, path: `/${name}` }), folder };
}

/** Replaces a spec in one go: it is never half written, and keeps its permissions. */
export async function writeSpec(name: string, text: string): Promise<void> {
  const beside = `${name}.${process.pid}.new`;
  try {
    const { mode } = await stat(name);
    const file = await open(beside, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, name);
  } catch (cause) {
    await unlink(beside).catch(() => {});
    throw new UserError(`${name} cannot be written: ${reasonOf(cause)}`, null, { cause });
  }
}
