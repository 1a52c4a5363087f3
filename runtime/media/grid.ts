import sharp from 'sharp';
import { Canvas } from './canvas.ts';
import { PAPER } from './palette.ts';
import { readPngText, writePngText } from './png-text.ts';
import { type Samples, sampleCount, toBytes } from './samples.ts';
import { type Stamp, stampPng } from './stamp.ts';

export interface GridOptions {
  /** Rows and columns; default: as square as the number of samples allows. */
  readonly grid?: readonly [rows: number, columns: number];
  /** Pixels between neighbours; default 2, or 0 for a strip that should flow. */
  readonly gap?: number;
  /** Pixels of the picture per pixel of an image; default: what makes small images comfortable to look at. */
  readonly scale?: number;
  readonly stamp?: Stamp;
}

/** Small images are enlarged by a whole factor until the grid is about this wide or high, in pixels. */
const COMFORTABLE = 900;

const GAP = 2;

/** Ten frames a second: slow enough to see what happens in a short clip. */
const FRAME_MILLISECONDS = 100;

/**
 * Samples side by side, row by row, as the bytes of a PNG file. Small images are scaled up by a whole factor, so that
 * every pixel can be seen for what it is. A clip is a row: its frames stand side by side.
 */
export async function gridPng(samples: Samples, options: GridOptions = {}): Promise<Buffer> {
  const clip = samples.shape.length === 4;
  const frames = clip ? samples.shape[0]! : 1;
  const count = sampleCount(samples);
  const [rows, across] = options.grid ?? squarish(count, clip);
  const images = Array.from({ length: Math.min(count, rows * across) * frames }, (_, image) => image);
  const { gap = GAP } = options;
  const canvas = gridCanvas(samples, images, [rows, across * frames], options);
  const png = writePngText(await canvas.png(), { 'ganc:grid': `${rows}x${across * frames}+${gap}` });
  return options.stamp ? stampPng(png, options.stamp) : png;
}

/**
 * Samples side by side as the bytes of an animated WebP or GIF file: all clips of the grid at once, again and again. Images
 * stand still.
 */
export async function movingGrid(
  samples: Samples,
  format: 'webp' | 'gif',
  options: GridOptions = {},
): Promise<Buffer> {
  const frames = samples.shape.length === 4 ? samples.shape[0]! : 1;
  const count = sampleCount(samples);
  const grid = options.grid ?? squarish(count, false);
  const clips = Array.from({ length: Math.min(count, grid[0] * grid[1]) }, (_, clip) => clip);
  const pages = Array.from({ length: frames }, (_, frame) => {
    const images = clips.map((clip) => clip * frames + frame);
    return gridCanvas(samples, images, grid, options);
  });
  const { width, height } = pages[0]!;
  const picture = sharp(Buffer.concat(pages.map(({ pixels }) => pixels)), {
    raw: { width, height: height * frames, channels: 3, pageHeight: height },
  });
  // One delay for all would be that of the first frame of a GIF alone.
  const how = { loop: 0, delay: pages.map(() => FRAME_MILLISECONDS) };
  return (format === 'gif' ? picture.gif(how) : picture.webp({ ...how, lossless: true })).toBuffer();
}

/** Images, counted through all samples and their frames, in the cells of a grid. */
function gridCanvas(
  { values, shape, range }: Samples,
  images: readonly number[],
  [rows, columns]: readonly [number, number],
  { gap = GAP, ...options }: GridOptions,
): Canvas {
  const [height, width, channels] = shape.slice(-3) as [number, number, number];
  const scale =
    options.scale ?? Math.max(1, Math.floor(COMFORTABLE / Math.max(columns * width, rows * height)));
  const canvas = new Canvas(
    columns * (width * scale + gap) + gap,
    rows * (height * scale + gap) + gap,
    PAPER,
  );
  const length = height * width * channels;
  for (const [cell, image] of images.entries()) {
    canvas.image(
      toBytes(values.subarray(image * length, (image + 1) * length), range),
      [height, width, channels],
      gap + (cell % columns) * (width * scale + gap),
      gap + Math.floor(cell / columns) * (height * scale + gap),
      scale,
    );
  }
  return canvas;
}

/** How a grid that was written here is laid out; null for other pictures. */
export function readGridShape(png: Uint8Array): { rows: number; columns: number; gap: number } | null {
  const [, rows, columns, gap] =
    /^(\d{1,6})x(\d{1,6})\+(\d{1,3})$/.exec(readPngText(png)['ganc:grid'] ?? '') ?? [];
  return Number(rows) > 0 ? { rows: Number(rows), columns: Number(columns), gap: Number(gap) } : null;
}

/** One image alone, a pixel for a pixel, as the bytes of a PNG file. Transparency is kept. */
export async function imagePng(samples: Samples, index: number, stamp?: Stamp): Promise<Buffer> {
  const { values, shape, range } = oneOf(samples, index);
  const [height, width, channels] = shape as [number, number, 1 | 3 | 4];
  const png = await sharp(toBytes(values, range), { raw: { width, height, channels } }).png().toBuffer();
  return stamp ? stampPng(png, stamp) : png;
}

/** One clip alone, a pixel for a pixel, as the bytes of an animated WebP file. */
export function clipWebp(samples: Samples, index: number): Promise<Buffer> {
  return movingGrid(oneOf(samples, index), 'webp', { grid: [1, 1], gap: 0, scale: 1 });
}

function oneOf({ values, shape, range }: Samples, index: number): Samples {
  const length = shape.reduce((product, size) => product * size, 1);
  return { values: values.subarray(index * length, (index + 1) * length), shape, range };
}

/** Clips stand one below the other. */
function squarish(count: number, clip: boolean): [rows: number, columns: number] {
  if (clip) return [count, 1];
  const columns = Math.ceil(Math.sqrt(count));
  return [Math.ceil(count / columns), columns];
}
