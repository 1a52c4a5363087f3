import { sizeOf } from '../tensor/program.ts';
import type { Measure, SeenSamples } from './measure.ts';
import { unlessAlike } from './parts/alike.ts';

export const motionDistance: Measure = {
  name: 'motion_distance',
  summary: 'how far the motion in clips is from that in the data, whatever is to be seen in them',
  documentation: `
\`motion_distance(G(z), clips.video)\`, of [frames, height, width, channels]. The motion of a clip over k frames is the mean absolute
difference of its numbers to those k frames later. For every k, from 1 to the length of the clip less 1, the motions of all clips
that were made are compared with those of the data, as distributions: the 1-Wasserstein distance of the two, which is the mean
difference once both are sorted. \`distance\` is the mean over all k.

Measures of single frames, and those that are nearly so, like a clip whose first frame stands still: its motion is 0 over any
number of frames, and so its distance is the whole motion of the data. Flicker, which moves much between neighbours and nowhere in the
long run, is found by larger k. Frames of clips that have nothing to do with each other move too much. It does not tell whether what
moves is to be recognised.
`,
  inputs: [
    { name: 'made', takes: 'samples', summary: 'clips, [frames, height, width, channels]' },
    { name: 'real', takes: 'samples', summary: 'clips of the data' },
  ],
  arguments: [],
  figures: [
    { name: 'distance', summary: 'distance of the motions, in the unit of the pictures', better: 'less' },
    { name: 'made', summary: 'mean absolute change from frame to frame', better: null },
    { name: 'real', summary: 'the same of the data', better: null },
  ],
  refuses(query) {
    const made = query.shapes.get('made')!;
    if (made.length !== 4 || made[0]! < 2)
      return { name: 'made', wanted: 'clips of two frames or more, [frames, height, width, channels]' };
    return unlessAlike(query);
  },
  measure({ samples }) {
    const [made, real] = [samples.get('made')!, samples.get('real')!];
    const lags = Array.from({ length: made.shape[0]! - 1 }, (_, index) => index + 1);
    const apart = lags.map((lag) => {
      const [a, b] = [motions(made, lag).sort(), motions(real, lag).sort()];
      return meanOf(a.map((motion, i) => Math.abs(motion - b[i]!)));
    });
    return {
      distance: meanOf(Float64Array.from(apart)),
      made: meanOf(motions(made, 1)),
      real: meanOf(motions(real, 1)),
    };
  },
};

/** The mean absolute change of each clip over so many frames. */
function motions({ count, shape, values }: SeenSamples, lag: number): Float64Array {
  const clip = sizeOf(shape);
  const step = (clip / shape[0]!) * lag;
  return Float64Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (let at = row * clip; at < (row + 1) * clip - step; at++)
      sum += Math.abs(values[at + step]! - values[at]!);
    return sum / (clip - step);
  });
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
