import sharp from 'sharp';
import { Canvas, type Colour } from './canvas.ts';
import { GLYPH_HEIGHT, glyphRows, glyphsWidth } from './glyphs.ts';
import { readGridShape } from './grid.ts';
import { readStamp, stampPng } from './stamp.ts';

export interface StagesOptions {
  /** At most so many stages are shown; default 6. */
  readonly stages?: number;
}

const MARGIN = 12;
const LETTER_SCALE = 2;
const PAPER: Colour = [255, 255, 255];
const INK: Colour = [31, 41, 55];

/**
 * How samples came to be: the first row of several grids of one training below each other, each with its step. Grids
 * are PNG files that `gridPng` wrote with a stamp; others are passed over. Null when there is none.
 */
export async function stagesPng(
  grids: readonly Uint8Array[],
  options: StagesOptions = {},
): Promise<Buffer | null> {
  const known = grids.flatMap((png) => {
    const stamp = readStamp(png);
    const shape = readGridShape(png);
    return stamp && shape ? [{ png, stamp, shape }] : [];
  });
  const bySteps = new Map(known.map((grid) => [grid.stamp.step, grid]));
  const chosen = pickStages([...bySteps.keys()], options.stages ?? 6).map((step) => bySteps.get(step)!);
  if (chosen.length === 0) return null;
  const strips = await Promise.all(
    chosen.map(async ({ png, stamp, shape }) => {
      const { data, info } = await sharp(png)
        .removeAlpha()
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true });
      const height = Math.floor((info.height - shape.gap) / shape.rows);
      return {
        step: stamp.step,
        width: info.width,
        height,
        pixels: data.subarray(0, info.width * height * 3),
      };
    }),
  );
  const labels = strips.map(({ step }) => `step ${step.toLocaleString('en-US')}`);
  const labelWidth = Math.max(...labels.map(glyphsWidth)) * LETTER_SCALE;
  const left = MARGIN + labelWidth + MARGIN;
  const width = left + Math.max(...strips.map((strip) => strip.width)) + MARGIN;
  const canvas = new Canvas(width, 2 * MARGIN + strips.reduce((sum, { height }) => sum + height, 0), PAPER);
  let top = MARGIN;
  for (const [i, strip] of strips.entries()) {
    const label = labels[i]!;
    const start = left - MARGIN - glyphsWidth(label) * LETTER_SCALE;
    write(canvas, label, start, top + Math.round((strip.height - GLYPH_HEIGHT * LETTER_SCALE) / 2));
    canvas.image(strip.pixels, [strip.height, strip.width, 3], left, top, 1);
    top += strip.height;
  }
  return stampPng(await canvas.png(), chosen.at(-1)!.stamp);
}

/** The first, the last, and between them steps that grow by about the same factor: most happens early. */
export function pickStages(steps: readonly number[], count: number): number[] {
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

function write(canvas: Canvas, text: string, left: number, top: number): void {
  for (const [y, row] of glyphRows(text).entries()) {
    for (const [x, pixel] of [...row].entries()) {
      if (pixel === '#') {
        canvas.block(left + x * LETTER_SCALE, top + y * LETTER_SCALE, LETTER_SCALE, LETTER_SCALE, INK);
      }
    }
  }
}
