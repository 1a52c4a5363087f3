import { open, readFile, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { SourceFile } from '../../compiler/source/source-file.ts';
import type { Bundle } from '../share/bundle.ts';
import { diskFiles } from '../share/disk-files.ts';
import { keptFiles } from '../share/kept-files.ts';
import { SpecImports } from '../share/spec-imports.ts';
import type { SpecText } from '../train/job.ts';
import { reasonOf, UserError } from '../user-error.ts';
import { isBundle } from './is-bundle.ts';
import type { Terminal } from './terminal.ts';

/** A spec as it was read, and where it is at home. */
export interface Spec {
  readonly source: SourceFile;
  readonly imports: SpecImports;
  /** Where its data paths start. */
  readonly folder: string;
  /** What it came in, if it was packed: then it cannot be written back. */
  readonly bundle: Bundle | null;
}

/** Far above any spec that a person or program would write; what is larger is some other file. */
const LARGEST = 16 * 2 ** 20;

/** Reads a spec, alone or in a bundle; `-` is standard input. */
export async function readSpec(name: string, terminal: Terminal): Promise<Spec> {
  if (name === '-')
    return specOnDisk(new SourceFile('<stdin>', await terminal.readInput()), path.resolve('-'));
  if (await isBundle(name)) {
    // Most specs are no bundles, and do without what reads them.
    const { openBundle } = await import('./bundle-file.ts');
    return packedSpec(name, await openBundle(name));
  }
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
  return { source, imports, folder: path.dirname(at), bundle: null };
}

/** The spec of a bundle. */
export function packedSpec(file: string, bundle: Bundle): Spec {
  const { spec, imports } = bundle;
  return { ...keptSpec(file, { ...spec, imports, folder: path.dirname(file) }), bundle };
}

/** A spec that a run or a bundle keeps, with the texts that it imports; `at` is what holds it. */
export function keptSpec(at: string, { file, text, imports, folder }: Omit<SpecText, 'hash'>): Spec {
  const source = new SourceFile(path.join(at, file), text);
  const name = path.posix.basename(file);
  const files = keptFiles({ ...imports, [name]: text });
  return {
    source,
    imports: new SpecImports(files, { name: source.name, path: `/${name}` }),
    folder,
    bundle: null,
  };
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

/** Refuses to write a spec back into a bundle, where its hash would no longer be right. */
export function requireWritable(name: string, { bundle }: Spec): void {
  if (!bundle) return;
  throw new UserError(`${name} is a bundle, and is not written to`, `unpack it first: ganc unpack ${name}`, {
    exitCode: 2,
  });
}
