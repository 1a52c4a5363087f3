import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from './data-error.ts';
import type { DataRoot } from './data-root.ts';
import { naturalOrder } from './natural-order.ts';

const IMAGE = /\.(png|jpe?g|webp)$/i;

/** Bounds for a folder that somebody made endless. */
const MOST_FILES = 10_000_000;
const DEEPEST = 32;

export interface ImageFile {
  /** Its real place. */
  readonly file: string;
  /** Its place below the folder that was listed, with `/`: `cats/siamese/7.png`. */
  readonly name: string;
}

/**
 * All PNG, JPEG and WebP files beneath a folder in natural order. Hidden files and folders, and files of other
 * kinds, are passed over. Rejects with `DataError` when the folder is missing, is a file, holds no image, or holds a
 * link that leads outside the root.
 */
export async function listImages(root: DataRoot, written: string): Promise<ImageFile[]> {
  const folder = root.resolve(written);
  if (!(await stat(folder)).isDirectory()) throw new DataError(`${folder} is a file, but a folder is wanted`);
  const found: ImageFile[] = [];
  await walk(root, folder, '', [folder], found);
  if (found.length === 0) {
    throw new DataError(
      `${folder} holds no images`,
      'put PNG, JPEG or WebP files there, or in folders beneath it',
    );
  }
  return found;
}

/** Adds what lies in one folder; `above` are the real places of it and the folders it is in. */
async function walk(
  root: DataRoot,
  folder: string,
  name: string,
  above: readonly string[],
  found: ImageFile[],
): Promise<void> {
  if (above.length > DEEPEST) throw new DataError(`${folder} is nested more than ${DEEPEST} folders deep`);
  const entries = await list(folder);
  for (const entry of entries.sort((a, b) => naturalOrder(a.name, b.name))) {
    if (entry.name.startsWith('.')) continue;
    const place = path.join(folder, entry.name);
    const entryName = name === '' ? entry.name : `${name}/${entry.name}`;
    const target = entry.isSymbolicLink() ? await follow(root, place) : place;
    const kind = entry.isSymbolicLink() ? await stat(target) : entry;
    if (kind.isDirectory()) {
      // A link to a folder that it lies in would have no end.
      if (!above.includes(target)) await walk(root, target, entryName, [...above, target], found);
    } else if (kind.isFile() && IMAGE.test(entry.name)) {
      // Pipes and devices would keep a reader waiting for ever.
      found.push({ file: target, name: entryName });
      if (found.length > MOST_FILES) throw new DataError(`${folder} holds more than ${MOST_FILES} images`);
    }
  }
}

async function list(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DataError(`${folder} cannot be listed (${code})`, 'allow this user to read it');
  }
}

async function follow(root: DataRoot, link: string): Promise<string> {
  let target: string;
  try {
    target = await realpath(link);
  } catch {
    throw new DataError(`the link ${link} leads nowhere`, 'remove it or mend it');
  }
  if (!root.allows(target)) {
    throw new DataError(
      `the link ${link} leads to ${target}, outside ${root.folder}`,
      'replace it by the file itself, or pass --data-root with a folder that holds both',
    );
  }
  return target;
}
