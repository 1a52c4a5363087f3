import { open, readFile } from 'node:fs/promises';
import type { Bundle } from '../share/bundle.ts';
import { MOST_BUNDLE_BYTES, readBundle, readParts } from '../share/read-bundle.ts';
import { ZipError } from '../share/zip.ts';
import { reasonOf, UserError } from '../user-error.ts';

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
