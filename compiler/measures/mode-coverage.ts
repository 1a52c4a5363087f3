import type { Measure } from './measure.ts';

export const modeCoverage: Measure = {
  name: 'mode_coverage',
  summary: 'how many of the modes of a toy set a generator finds, and how evenly',
  documentation: `
For data whose source knows where its modes are, such as \`gaussians.ring()\` and \`gaussians.grid()\`. A sample is good when it lies
within \`within\` standard deviations of a centre. A mode counts as found when one good sample is at it.

\`reverse_kl\` gives every sample, good or not, to its nearest centre, and compares the shares p of the k centres with an even
spread: Σ p log(k p), in nats. It is 0 when all modes have the same share, and log k when all samples are at one.

Few modes with a high share of good samples is mode collapse. All modes with a low share is a generator that has not learned where
they are: a cloud over the whole plane finds every mode. So all three figures are needed.

Lin et al., *PacGAN: The Power of Two Samples in Generative Adversarial Networks*, 2018, section 4.1: 2,500 samples.
`,
  inputs: [
    { name: 'made', takes: 'samples', summary: 'points like those of the dataset' },
    { name: 'data', takes: 'modes', summary: 'a dataset whose source knows its modes' },
  ],
  arguments: [
    {
      name: 'within',
      kind: 'number',
      summary: 'how many standard deviations from a centre a good sample may be',
      default: 3,
      min: 0,
    },
  ],
  figures: [
    { name: 'modes', summary: 'centres with a sample within `within` standard deviations', better: 'more' },
    {
      name: 'high_quality',
      summary: 'share of the samples within `within` standard deviations of a centre',
      better: 'more',
    },
    {
      name: 'reverse_kl',
      summary: 'divergence of the samples, by nearest centre, from an even spread, in nats',
      better: 'less',
    },
  ],
  refuses({ shapes }) {
    const centre = shapes.get('data')!;
    if (shapes.get('made')!.join() === centre.join()) return null;
    return { name: 'made', wanted: `samples of shape [${centre.join(', ')}]` };
  },
  measure({ samples, modes, args }) {
    const { count, values } = samples.get('made')!;
    const { centres, std } = modes.get('data')!;
    const reach = args.number('within') * std;
    const nearest = new Array<number>(centres.length).fill(0);
    const found = new Set<number>();
    let good = 0;
    for (let row = 0; row < count; row++) {
      const { mode, distance } = nearestCentre(centres, values, row);
      // Of a sample that is not finite no centre is nearest.
      if (mode < 0) continue;
      nearest[mode]!++;
      if (distance > reach) continue;
      good++;
      found.add(mode);
    }
    const placed = nearest.reduce((sum, n) => sum + n, 0);
    const divergence = nearest.reduce((sum, n) => {
      const share = n / placed;
      return n === 0 ? sum : sum + share * Math.log(share * centres.length);
    }, 0);
    return {
      modes: found.size,
      high_quality: good / count,
      reverse_kl: placed === 0 ? Number.NaN : divergence,
    };
  },
};

function nearestCentre(
  centres: readonly (readonly number[])[],
  values: Float32Array,
  row: number,
): { mode: number; distance: number } {
  let [mode, least] = [-1, Number.POSITIVE_INFINITY];
  for (const [index, centre] of centres.entries()) {
    const square = centre.reduce(
      (sum, value, axis) => sum + (values[row * centre.length + axis]! - value) ** 2,
      0,
    );
    if (square < least) [mode, least] = [index, square];
  }
  return { mode, distance: Math.sqrt(least) };
}
