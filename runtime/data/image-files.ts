import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from './data-error.ts';
import type { DataRoot } from './data-root.ts';
import { naturalOrder } from './natural-order.ts';

const IMAGE = /\.(png|jpe?g|webp)$/i;
const FILM = /\.(mp4|m4v|mov|avi|mkv|webm|mpe?g|gif)$/i;

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
  if (!(await stat(folder)).isDirectory()) {
    throw new DataError(
      `${folder} is a file, but a folder is wanted`,
      FILM.test(written) ? framesOf(written) : null,
    );
  }
  const found: Found = { images: [], film: null };
  await walk(root, folder, '', [folder], found);
  if (found.images.length === 0) {
    throw new DataError(
      `${folder} holds no images`,
      found.film
        ? framesOf(path.posix.join(written, found.film))
        : 'put PNG, JPEG or WebP files there, or in folders beneath it',
    );
  }
  return found.images;
}

interface Found {
  readonly images: ImageFile[];
  /** The first film that lies there, for advice. */
  film: string | null;
}

/** How a film becomes images. */
function framesOf(film: string): string {
  const folder = film.slice(0, -path.extname(film).length);
  return `cut films into images, each in a folder of its own: mkdir ${folder} && ffmpeg -i ${film} ${folder}/%05d.png`;
}

/** Adds what lies in one folder; `above` are the real places of it and the folders it is in. */
async function walk(
  root: DataRoot,
  folder: string,
  name: string,
  above: readonly string[],
  found: Found,
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
    } else if (kind.isFile() && FILM.test(entry.name)) {
      found.film ??= entryName;
    } else if (kind.isFile() && IMAGE.test(entry.name)) {
      // Pipes and devices would keep a reader waiting for ever.
      found.images.push({ file: target, name: entryName });
      if (found.images.length > MOST_FILES)
        throw new DataError(`${folder} holds more than ${MOST_FILES} images`);
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
