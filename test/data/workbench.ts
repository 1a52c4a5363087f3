import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';

/** A new empty folder. */
export function emptyFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'ganc-data-'));
}

/** Writes an image of one colour; the ending of `file` decides the kind. */
export async function paint(
  file: string,
  colour: string,
  { width = 8, height = 8 }: { width?: number; height?: number } = {},
): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await sharp({ create: { width, height, channels: 3, background: colour } }).toFile(file);
}

/** Writes raw pixels, channels last, as a PNG. */
export async function paintPixels(
  file: string,
  pixels: readonly number[],
  [height, width, channels]: readonly [number, number, 1 | 3 | 4],
): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await sharp(Uint8Array.from(pixels), { raw: { width, height, channels } }).png().toFile(file);
}

/** The bytes of an IDX file. */
export function idx(type: number, shape: readonly number[], body: Uint8Array | readonly number[]): Buffer {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head[2] = type;
  head[3] = shape.length;
  for (const [axis, size] of shape.entries()) head.writeUInt32BE(size, 4 + 4 * axis);
  return Buffer.concat([head, Buffer.from(body)]);
}

export async function writeFiles(folder: string, files: Record<string, Uint8Array | string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
