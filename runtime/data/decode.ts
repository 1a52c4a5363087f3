import { open } from 'node:fs/promises';
import sharp from 'sharp';

/** One image file to be decoded, and the form that it is wanted in. */
export interface DecodeRequest {
  readonly file: string;
  readonly height: number;
  readonly width: number;
  /** 1 grey, 3 colour, 4 colour with alpha. */
  readonly channels: number;
}

export interface DecodedImage {
  /** `[height, width, channels]`, a byte each. */
  readonly pixels: Uint8Array;
  /** The size of the file's picture, upright, before it was fitted. */
  readonly fileHeight: number;
  readonly fileWidth: number;
}

/** Why a file cannot be used, worded to follow its name: "is damaged or cut short". */
export class DecodeError extends Error {
  override name = 'DecodeError';
}

/** Larger pictures are refused: a file of a few kilobytes can unfold into gigabytes. */
export const MOST_PIXELS = 64_000_000;
const MOST_BYTES = 256 * 2 ** 20;

/**
 * Decodes a PNG, JPEG or WebP file. The picture is turned upright, scaled to cover the wanted size with its
 * proportions kept, and cut to it around the middle; one of exactly that size keeps its pixels. Colour becomes
 * grey or grey colour as wanted; what is transparent lies on white where no alpha is wanted. Rejects with
 * `DecodeError`.
 */
export async function decode(request: DecodeRequest): Promise<DecodedImage> {
  const bytes = await readBounded(request.file);
  // Told by its first bytes, not its name: the decoder knows formats, such as SVG, that can refer to other files.
  if (!isPicture(bytes)) throw new DecodeError('is not a PNG, JPEG or WebP picture');
  try {
    const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const { autoOrient, hasAlpha } = await image.metadata();
    image.autoOrient().resize(request.width, request.height, { fit: 'cover', position: 'centre' });
    if (request.channels === 4) image.ensureAlpha();
    else if (hasAlpha) image.flatten({ background: '#ffffff' });
    image.toColourspace(request.channels === 1 ? 'b-w' : 'srgb');
    const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    if (info.channels !== request.channels) {
      throw new DecodeError(`has ${info.channels} channels, which cannot be made ${request.channels}`);
    }
    return { pixels: data, fileHeight: autoOrient.height, fileWidth: autoOrient.width };
  } catch (error) {
    if (error instanceof DecodeError) throw error;
    if (/pixel limit/i.test((error as Error).message)) {
      throw new DecodeError(`unfolds to more than ${MOST_PIXELS / 1e6} million pixels`);
    }
    throw new DecodeError('is damaged or cut short');
  }
}

async function readBounded(file: string): Promise<Buffer> {
  try {
    const handle = await open(file);
    try {
      const info = await handle.stat();
      if (!info.isFile()) throw new DecodeError('is not a file');
      if (info.size === 0) throw new DecodeError('is empty');
      if (info.size > MOST_BYTES) throw new DecodeError(`is larger than ${MOST_BYTES / 2 ** 20} MiB`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof DecodeError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new DecodeError('was there at first and is gone');
    if (code === 'EACCES') throw new DecodeError('may not be read');
    throw new DecodeError(`cannot be read (${code})`);
  }
}

function isPicture(bytes: Buffer): boolean {
  return (
    bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')) ||
    bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ||
    (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP')
  );
}
