import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
} from 'node:fs';
import path from 'node:path';
import { isInside } from '../is-inside.ts';
import { reasonOf } from '../user-error.ts';
import { MOST_BYTES, type SpecFiles } from './spec-files.ts';

/** The files of this machine. Links within the folder that may be read are followed; a link out of it is not. */
export const diskFiles: SpecFiles = {
  path,
  read(file, home) {
    try {
      const real = realpathSync(file);
      const folder = realpathSync(home);
      if (!isInside(real, folder)) return { kind: 'outside', folder: home };
      const text = readBounded(real);
      return text === null
        ? { kind: 'unreadable', reason: 'it is not a file of text, or too large for a spec' }
        : { file: real, text };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing', near: null };
      return { kind: 'unreadable', reason: reasonOf(error) };
    }
  },
  has: existsSync,
  realFolder(folder) {
    try {
      return realpathSync(folder);
    } catch {
      return path.resolve(folder);
    }
  },
  list(folder) {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  },
};

/** A whole file of bounded size; null for what is larger, and for pipes and devices, which may never end. */
function readBounded(file: string): string | null {
  // A pipe without a writer would let us wait for ever.
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile() || stat.size > MOST_BYTES) return null;
    const bytes = Buffer.alloc(stat.size);
    const length = readSync(handle, bytes, 0, bytes.length, 0);
    return bytes.toString('utf8', 0, length);
  } finally {
    closeSync(handle);
  }
}
