import { unzipSync, zipSync } from 'fflate';

/**
 * Zip archives of one kind only: parts are stored, not compressed, without dates, rights or comments. So the same
 * parts give the same bytes on every machine, and nothing in an archive can unfold to more than its own size.
 */

/** Why an archive is refused, as the rest of a sentence that begins with its name. */
export class ZipError extends Error {
  override name = 'ZipError';
}

const MOST_PARTS = 1000;
/** The earliest day that a zip archive knows. It stands in local time, and so is the same everywhere. */
const NO_DATE = new Date(1980, 0, 1);

/** `parts` by their paths, in their order. */
export function writeZip(parts: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return zipSync(Object.fromEntries(parts), { level: 0, mtime: NO_DATE });
}

/**
 * The parts of an archive that `writeZip` wrote. Everything else is refused before anything of it is used, links,
 * encrypted parts and hidden bytes included: what was read must give the very same bytes when it is written again.
 */
export function readZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const seen = new Set<string>();
  let claimed = 0;
  let parts: Record<string, Uint8Array>;
  try {
    parts = unzipSync(bytes, {
      filter({ name, size, originalSize, compression }) {
        requireSafePath(name);
        const key = name.toLowerCase();
        if (seen.has(key)) throw new ZipError(`holds ${shown(name)} twice`);
        seen.add(key);
        if (seen.size > MOST_PARTS) throw new ZipError(`has more than ${MOST_PARTS} parts`);
        if (compression !== 0) {
          throw new ZipError(
            `holds ${shown(name)} in compressed form (${size} bytes that claim to be ${originalSize}), which ganc never writes`,
          );
        }
        claimed += Math.max(size, originalSize);
        if (claimed > bytes.length) throw new ZipError(`claims more bytes than its ${bytes.length}`);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof ZipError) throw error;
    throw new ZipError('is cut short, or is no zip archive', { cause: error });
  }
  for (const name of seen) {
    const folder = [...seen].find((other) => other.startsWith(`${name}/`));
    if (folder) throw new ZipError(`holds ${shown(name)} both as a file and as a folder`);
  }
  const read = new Map(Object.entries(parts));
  requireSameBytes(bytes, writeZip(read));
  return read;
}

function requireSameBytes(bytes: Uint8Array, expected: Uint8Array): void {
  if (Buffer.compare(bytes, expected) === 0) return;
  const isLonger = Buffer.compare(bytes.subarray(0, expected.length), expected) === 0;
  throw new ZipError(
    isLonger
      ? `goes on for ${bytes.length - expected.length} bytes after its end`
      : 'is not laid out as ganc does it: a part may be a link, encrypted, or damaged, or bytes were hidden in it',
  );
}

/** Refuses a path that could lead out of the folder that an archive is unpacked in, on any system. */
function requireSafePath(name: string): void {
  const parts = name.split('/');
  const isSafe =
    name.length <= 200 &&
    parts.length <= 20 &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[. ]$/.test(part)) &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    !/[\\:*?"<>|\u0000-\u001f\u007f]/.test(name);
  if (!isSafe)
    throw new ZipError(`has a part that would lead out of its folder, or cannot be written: ${shown(name)}`);
}

/** A name from a stranger, fit to be printed. */
function shown(name: string): string {
  const text = JSON.stringify(name);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
