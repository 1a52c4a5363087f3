import { open, readFile } from 'node:fs/promises';
import { BUNDLE_ENDING, type Bundle } from '../share/bundle.ts';
import { MOST_BUNDLE_BYTES, readBundle, readParts } from '../share/read-bundle.ts';
import { ZIP_START, ZipError } from '../share/zip.ts';
import { reasonOf, UserError } from '../user-error.ts';

/** Whether a file is a zip archive, whatever it is called; false also where there is none. */
export async function isBundle(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return file.endsWith(BUNDLE_ENDING);
  try {
    const { buffer } = await handle.read(Buffer.alloc(ZIP_START.length), 0, ZIP_START.length, 0);
    return buffer.equals(ZIP_START) || file.endsWith(BUNDLE_ENDING);
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}

/** Reads a bundle, which may come from a stranger. */
export async function openBundle(file: string): Promise<Bundle> {
  return opened(file, readBundle);
}

/** Every part of a bundle by its path, checked in the same way. */
export async function openParts(file: string): Promise<ReadonlyMap<string, Uint8Array>> {
  return opened(file, (bytes) => {
    readBundle(bytes);
    return readParts(bytes);
  });
}

async function opened<T>(file: string, read: (bytes: Uint8Array) => T): Promise<T> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > MOST_BUNDLE_BYTES) throw new ZipError(`is larger than ${MOST_BUNDLE_BYTES / 2 ** 30} GiB`);
      return read(await readFile(handle));
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof ZipError) {
      throw new UserError(
        `${file} ${cause.message}`,
        'nothing of it was used; ask for it again where it came from',
        {
          cause,
          exitCode: 2,
        },
      );
    }
    const isSystems = (cause as NodeJS.ErrnoException).code !== undefined;
    if (!isSystems) throw cause;
    throw new UserError(`${file} cannot be read: ${reasonOf(cause)}`, null, { cause, exitCode: 2 });
  }
}
