import { movingGrid } from './grid.ts';
import { npyFile } from './npy.ts';
import { type Samples, sampleCount } from './samples.ts';
import { isPictured, type SamplesPngOptions, samplesPng } from './samples-png.ts';

/** What the end of a file's name says that samples become. */
export const SAMPLES_FILES = ['.png', '.webp', '.gif', '.npy'] as const;
export type SamplesFile = (typeof SAMPLES_FILES)[number];

/**
 * Samples as the bytes of such a file: a picture; one in which clips move; or the numbers themselves, whatever their shape, with
 * the samples along the first axis. Null when there is no picture of such a thing.
 */
export async function samplesFile(
  samples: Samples,
  kind: SamplesFile,
  options: SamplesPngOptions = {},
): Promise<Buffer | null> {
  if (kind === '.npy') return npyFile(samples.values, [sampleCount(samples), ...samples.shape]);
  if (kind === '.png') return samplesPng(samples, options);
  return isPictured(samples) ? movingGrid(samples, kind === '.gif' ? 'gif' : 'webp', options) : null;
}

/** The file in which most is to be seen of examples of this shape. */
export function bestFile(shape: readonly number[]): SamplesFile {
  if (isPictured({ shape })) return shape.length === 4 ? '.webp' : '.png';
  return shape.length === 1 && shape[0] === 2 ? '.png' : '.npy';
}
