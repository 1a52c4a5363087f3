import sharp from 'sharp';
import { Canvas } from './canvas.ts';
import { GLYPH_HEIGHT, glyphsWidth, writeGlyphs } from './glyphs.ts';
import { readGridShape } from './grid.ts';
import { PAPER } from './palette.ts';
import { readStamp, type Stamp, stampPng } from './stamp.ts';

/** A picture of one moment: the pixels to show of it, three bytes each. */
interface Moment {
  readonly label: string;
  readonly stamp: Stamp;
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const MARGIN = 12;
const LETTERS = 2;
/** The side of a picture that is not a grid, among others. */
const PANEL = 300;
const PANELS_ACROSS = 3;

/**
 * How samples came to be, out of pictures of one training that carry a stamp: the first rows of grids below each
 * other, or clouds of points side by side, each with its step. Null when no picture is stamped.
 */
export async function historyPng(pictures: readonly Uint8Array[]): Promise<Buffer | null> {
  const stamped = pictures.flatMap((png) => {
    const stamp = readStamp(png);
    return stamp ? [{ png, stamp, grid: readGridShape(png) }] : [];
  });
  if (stamped.length === 0) return null;
  stamped.sort((a, b) => a.stamp.step - b.stamp.step);
  const grids = stamped.every(({ grid }) => grid !== null);
  const moments = await Promise.all(
    stamped.map(async ({ png, stamp, grid }): Promise<Moment> => {
      const whole = sharp(png).removeAlpha().toColourspace('srgb');
      if (!grids) whole.resize(PANEL, PANEL, { fit: 'contain', background: '#ffffff' });
      const { data, info } = await whole.raw().toBuffer({ resolveWithObject: true });
      const height = grids ? Math.floor((info.height - grid!.gap) / grid!.rows) : info.height;
      const label = `step ${stamp.step.toLocaleString('en-US')}`;
      return { label, stamp, width: info.width, height, pixels: data.subarray(0, info.width * height * 3) };
    }),
  );
  const canvas = grids ? strips(moments) : panels(moments);
  return stampPng(await canvas.png(), moments.at(-1)!.stamp);
}

/** Below each other, labels to the left. */
function strips(moments: readonly Moment[]): Canvas {
  const labelWidth = LETTERS * Math.max(...moments.map(({ label }) => glyphsWidth(label)));
  const left = MARGIN + labelWidth + MARGIN;
  const canvas = new Canvas(
    left + Math.max(...moments.map(({ width }) => width)) + MARGIN,
    MARGIN + moments.reduce((sum, { height }) => sum + height, 0) + MARGIN,
    PAPER,
  );
  let top = MARGIN;
  for (const { label, pixels, width, height } of moments) {
    const middle = top + Math.round((height - GLYPH_HEIGHT * LETTERS) / 2);
    writeGlyphs(canvas, label, left - MARGIN - glyphsWidth(label) * LETTERS, middle, LETTERS);
    canvas.image(pixels, [height, width, 3], left, top, 1);
    top += height;
  }
  return canvas;
}

/** Side by side, labels beneath. */
function panels(moments: readonly Moment[]): Canvas {
  const across = Math.min(PANELS_ACROSS, moments.length);
  const rowHeight = PANEL + GLYPH_HEIGHT * LETTERS + 2 * MARGIN;
  const canvas = new Canvas(
    across * (PANEL + MARGIN) + MARGIN,
    Math.ceil(moments.length / across) * rowHeight + MARGIN,
    PAPER,
  );
  for (const [i, { label, pixels }] of moments.entries()) {
    const left = MARGIN + (i % across) * (PANEL + MARGIN);
    const top = MARGIN + Math.floor(i / across) * rowHeight;
    canvas.image(pixels, [PANEL, PANEL, 3], left, top, 1);
    const start = left + Math.round((PANEL - glyphsWidth(label) * LETTERS) / 2);
    writeGlyphs(canvas, label, start, top + PANEL + MARGIN / 2, LETTERS);
  }
  return canvas;
}

/** The first, the last, and between them steps that grow by about the same factor: most happens early. */
export function pickSteps(steps: readonly number[], count: number): number[] {
  const sorted = [...steps].sort((a, b) => a - b);
  if (sorted.length <= count) return sorted;
  const [first, last] = [Math.max(1, sorted[0]!), sorted.at(-1)!];
  const chosen = new Set<number>();
  for (let i = 0; i < count; i++) {
    const wanted = first * (last / first) ** (i / (count - 1));
    const left = sorted.filter((step) => !chosen.has(step));
    chosen.add(left.reduce((a, b) => (Math.abs(b - wanted) < Math.abs(a - wanted) ? b : a)));
  }
  return [...chosen].sort((a, b) => a - b);
}
