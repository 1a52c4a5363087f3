import { open, stat } from 'node:fs/promises';
import { BUNDLE_ENDING } from '../share/bundle.ts';

/** The beginning of a zip archive. */
const ZIP_START = Buffer.from('PK\x03\x04', 'latin1');

/** Whether a file is a zip archive, whatever it is called; false also where there is none. */
export async function isBundle(file: string): Promise<boolean> {
  if (file.endsWith(BUNDLE_ENDING)) return true;
  // What comes through a pipe can be read once only.
  if ((await stat(file).catch(() => null))?.isFile() !== true) return false;
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return false;
  try {
    const { buffer } = await handle.read(Buffer.alloc(ZIP_START.length), 0, ZIP_START.length, 0);
    return buffer.equals(ZIP_START);
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}
