import { open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { reasonOf, UserError } from '../user-error.ts';
import type { Terminal } from './terminal.ts';

/** Far above any spec that a person or program would write; what is larger is some other file. */
const LARGEST = 16 * 2 ** 20;

/** Reads a spec; `-` is standard input. */
export async function readSpec(name: string, terminal: Terminal): Promise<SourceFile> {
  if (name === '-') return new SourceFile('<stdin>', await terminal.readInput());
  try {
    const { size } = await stat(name);
    if (size > LARGEST) {
      throw new UserError(`${name} is ${Math.round(size / 2 ** 20)} MB, too large for a spec`, null, {
        exitCode: 2,
      });
    }
    return new SourceFile(name, await readFile(name, 'utf8'));
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${name} cannot be read: ${reasonOf(cause)}`, null, { cause, exitCode: 2 });
  }
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
