import { sizeOf } from '../tensor/program.ts';
import type { Measure, SeenSamples } from './measure.ts';
import { unlessAlike } from './parts/alike.ts';

export const pairwiseDistance: Measure = {
  name: 'pairwise_distance',
  summary: 'how different samples are from each other, beside how different the data are',
  documentation: `
\`pairwise_distance(G(z), faces.image)\`: the root of the mean square of the differences of two samples, number by number, and its
mean over as many pairs as there are samples: each with the one drawn after it. The same of the data stands beside it.

A \`ratio\` far below 1 is a generator that makes little but the same. One near 1 does not mean that samples are good: noise differs
from noise as well. Of features, \`pairwise_distance(vgg(G(z)), vgg(faces.image))\`, it tells how different pictures look to that
network.
`,
  inputs: [
    { name: 'made', takes: 'samples', summary: 'samples of any shape' },
    { name: 'real', takes: 'samples', summary: 'data of that shape' },
  ],
  arguments: [],
  figures: [
    { name: 'made', summary: 'mean distance of two samples, root mean square', better: null },
    { name: 'real', summary: 'the same of two examples of the data', better: null },
    { name: 'ratio', summary: 'made / real; 1 is as diverse as the data, 0 always the same', better: null },
  ],
  refuses: (query) =>
    query.samples < 2 ? { name: 'samples', wanted: 'at least 2, to be compared' } : unlessAlike(query),
  measure({ samples }) {
    const [made, real] = [distanceOf(samples.get('made')!), distanceOf(samples.get('real')!)];
    return { made, real, ratio: made / real };
  },
};

/** Each sample with the next one, the last with the first. */
function distanceOf({ count, shape, values }: SeenSamples): number {
  const size = sizeOf(shape);
  let total = 0;
  for (let row = 0; row < count; row++) {
    const [here, next] = [row * size, ((row + 1) % count) * size];
    let square = 0;
    for (let i = 0; i < size; i++) square += (values[here + i]! - values[next + i]!) ** 2;
    total += Math.sqrt(square / size);
  }
  return total / count;
}
