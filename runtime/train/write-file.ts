import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a file so that it is there whole or not at all, also when the process is killed or the power fails: into a
 * temporary file beside it, flushed to the disk, renamed, and the folder flushed. What was there before stays until
 * then. On an error the temporary file is removed.
 */
export async function writeWhole(file: string, parts: Iterable<Uint8Array>): Promise<void> {
  const temporary = `${file}.${process.pid}.part`;
  try {
    const handle = await open(temporary, 'w');
    try {
      for (const part of parts) await writeAll(handle, part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await flushFolder(path.dirname(file));
}

type Handle = Awaited<ReturnType<typeof open>>;

/** A single write may take less than it is given: at most 2 GiB, or what fits on a full disk. */
async function writeAll(handle: Handle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, Math.min(bytes.length - at, 2 ** 30));
    at += bytesWritten;
  }
}

/** Makes renames and new files in a folder lasting. Windows cannot, and need not. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems refuse to flush a folder; the file itself is flushed.
    if (!['EINVAL', 'ENOTSUP', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle.close();
  }
}
