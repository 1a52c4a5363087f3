import { type GridOptions, gridPng } from './grid.ts';
import type { Samples } from './samples.ts';
import { scatterPng } from './scatter.ts';

export interface SamplesPngOptions extends GridOptions {
  /** For points: real ones, to be drawn behind. */
  readonly real?: Float32Array;
}

/**
 * Samples as the bytes of a PNG file, whatever they are: images and clips as a grid, points of the plane as a cloud;
 * null when there is no picture of such a thing.
 */
export async function samplesPng(samples: Samples, options: SamplesPngOptions = {}): Promise<Buffer | null> {
  const { shape } = samples;
  if (isPictured(samples)) return gridPng(samples, options);
  if (shape.length === 1 && shape[0] === 2) return scatterPng(samples.values, options);
  return null;
}

/** Whether samples are images or clips, which have colours. */
export function isPictured({ shape }: Pick<Samples, 'shape'>): boolean {
  return (shape.length === 3 || shape.length === 4) && [1, 3, 4].includes(shape.at(-1)!);
}
