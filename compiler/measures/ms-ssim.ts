import { sizeOf } from '../tensor/program.ts';
import type { Measure, SeenSamples } from './measure.ts';
import { unlessAlike } from './parts/alike.ts';
import { similarity, WINDOW } from './parts/structural-similarity.ts';

export const msSsim: Measure = {
  name: 'ms_ssim',
  summary: 'how alike pictures look to each other, beside how alike those of the data do',
  documentation: `
The multi-scale structural similarity of two pictures, and its mean over pairs: 1 where all are the same, near 0 where they have
nothing in common. The same of the data stands beside it. A generator whose pictures are more alike than the data are has lost some
of their diversity; one whose pictures are less alike may only be noisier.

Windows of 11 × 11, Gaussian of deviation 1.5; five scales with the weights of the paper, each half the size of the last, and the
fewer first of them, weighed to sum to 1, where pictures are smaller than 176 pixels. So figures of different sizes cannot be
compared.

Wang, Simoncelli & Bovik, *Multiscale Structural Similarity for Image Quality Assessment*, 2003. Odena, Olah & Shlens, *Conditional
Image Synthesis with Auxiliary Classifier GANs*, 2017, section 4.2.
`,
  inputs: [
    { name: 'made', takes: 'samples', summary: 'pictures, [height, width, channels]' },
    { name: 'real', takes: 'samples', summary: 'pictures of the data' },
  ],
  arguments: [
    { name: 'range', kind: 'interval', summary: 'the values that pictures may have', default: [-1, 1] },
    {
      name: 'pairs',
      kind: 'int',
      summary: 'how many pairs are compared, at most as many as there are samples',
      default: 200,
      min: 1,
      max: 10_000,
    },
  ],
  figures: [
    { name: 'made', summary: 'mean similarity of two samples', better: null },
    { name: 'real', summary: 'the same of two pictures of the data', better: null },
  ],
  refuses(query) {
    const [height, width, ...rest] = query.shapes.get('made')!;
    if (rest.length !== 1 || Math.min(height!, width!) < WINDOW)
      return { name: 'made', wanted: `pictures of ${WINDOW} × ${WINDOW} or more, [height, width, channels]` };
    if (query.samples < 2) return { name: 'samples', wanted: 'at least 2, to be compared' };
    return unlessAlike(query);
  },
  measure({ samples, args }) {
    const [low, high] = args.raw('range') as [number, number];
    const mean = ({ count, shape, values }: SeenSamples) => {
      const [height, width, channels] = shape as [number, number, number];
      const length = sizeOf(shape);
      const picture = (row: number) =>
        Float64Array.from(values.subarray(row * length, (row + 1) * length), (value) => value - low);
      const pairs = Math.min(args.int('pairs'), count);
      let sum = 0;
      // Neighbours are strangers, drawn at random.
      for (let row = 0; row < pairs; row++)
        sum += similarity(picture(row), picture((row + 1) % count), { height, width, channels }, high - low);
      return sum / pairs;
    };
    return { made: mean(samples.get('made')!), real: mean(samples.get('real')!) };
  },
};
