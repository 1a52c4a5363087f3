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

/**
 * Samples side by side, row by row, as the bytes of a PNG file. Small images are scaled up by a whole factor, so that
 * every pixel can be seen for what it is. A clip is a row: its frames stand side by side.
 */
export async function gridPng(samples: Samples, options: GridOptions = {}): Promise<Buffer> {
  const clip = samples.shape.length === 4;
  const [height, width, channels] = samples.shape.slice(-3) as [number, number, number];
  const frames = clip ? samples.shape[0]! : 1;
  const count = sampleCount(samples);
  const [rows, across] = options.grid ?? squarish(count, clip);
  const columns = across * frames;
  const gap = options.gap ?? 2;
  const scale =
    options.scale ?? Math.max(1, Math.floor(COMFORTABLE / Math.max(columns * width, rows * height)));
  const canvas = new Canvas(
    columns * (width * scale + gap) + gap,
    rows * (height * scale + gap) + gap,
    PAPER,
  );
  const bytes = toBytes(samples.values, samples.range);
  const length = height * width * channels;
  for (let cell = 0; cell < Math.min(count, rows * across) * frames; cell++) {
    canvas.image(
      bytes.subarray(cell * length, (cell + 1) * length),
      [height, width, channels],
      gap + (cell % columns) * (width * scale + gap),
      gap + Math.floor(cell / columns) * (height * scale + gap),
      scale,
    );
  }
  const png = writePngText(await canvas.png(), { 'ganc:grid': `${rows}x${columns}+${gap}` });
  return options.stamp ? stampPng(png, options.stamp) : png;
}

/** How a grid that was written here is laid out; null for other pictures. */
export function readGridShape(png: Uint8Array): { rows: number; columns: number; gap: number } | null {
  const [, rows, columns, gap] =
    /^(\d{1,6})x(\d{1,6})\+(\d{1,3})$/.exec(readPngText(png)['ganc:grid'] ?? '') ?? [];
  return Number(rows) > 0 ? { rows: Number(rows), columns: Number(columns), gap: Number(gap) } : null;
}

/**
 * One sample alone, a pixel for a pixel, as the bytes of a PNG file. Transparency is kept. The frames of a clip stand
 * side by side.
 */
export async function imagePng(samples: Samples, index: number, stamp?: Stamp): Promise<Buffer> {
  const { shape, range } = samples;
  const length = shape.reduce((product, size) => product * size, 1);
  const values = samples.values.subarray(index * length, (index + 1) * length);
  if (shape.length === 4) {
    const alone = { values, shape, range };
    return gridPng(alone, { grid: [1, 1], gap: 0, scale: 1, ...(stamp ? { stamp } : {}) });
  }
  const [height, width, channels] = shape as [number, number, 1 | 3 | 4];
  const png = await sharp(toBytes(values, range), { raw: { width, height, channels } }).png().toBuffer();
  return stamp ? stampPng(png, stamp) : png;
}

/** Clips stand one below the other. */
function squarish(count: number, clip: boolean): [rows: number, columns: number] {
  if (clip) return [count, 1];
  const columns = Math.ceil(Math.sqrt(count));
  return [Math.ceil(count / columns), columns];
}
