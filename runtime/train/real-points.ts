import type { Samples } from '../media/samples.ts';
import type { Loaders } from './inputs.ts';
import type { Job } from './job.ts';

/** How many real points make a cloud that can be recognised. */
const POINTS = 2000;

/** For generated points of the plane: real ones, to be drawn behind them; null for anything else. */
export async function realPoints(job: Job, loaders: Loaders, made: Samples): Promise<Float32Array | null> {
  if (made.shape.length !== 1 || made.shape[0] !== 2) return null;
  for (const dataset of job.datasets) {
    const field = dataset.fields.find(({ type: { shape } }) => shape.length === 1 && shape[0] === 2);
    const loader = loaders.get(dataset.name);
    if (!field || !loader) continue;
    const parts: number[] = [];
    for (let position = 0; parts.length < 2 * Math.min(POINTS, loader.size); position++) {
      parts.push(...(await loader.batch(position))[field.name]!);
    }
    return Float32Array.from(parts.slice(0, 2 * POINTS));
  }
  return null;
}
