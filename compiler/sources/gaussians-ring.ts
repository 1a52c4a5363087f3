import { pointsArgument, stdArgument } from './gaussian-arguments.ts';
import type { Source } from './source.ts';

export const gaussiansRing: Source = {
  name: 'gaussians.ring',
  summary: 'points of the plane around centres on a circle',
  documentation: `
A toy set on which it can be counted how many modes a generator finds: by default 100,000 points around 8 centres
on the unit circle with standard deviation 0.01 (Lin et al., "PacGAN", 2018). The seed decides the points. A
label tells the centre.

\`\`\`
data ring from gaussians.ring() {
  point: [2]
}
\`\`\`
`,
  arguments: [
    { name: 'modes', kind: 'int', default: 8, min: 1, max: 10_000, summary: 'how many centres' },
    { name: 'radius', kind: 'number', default: 1, min: 0, summary: 'of the circle' },
    stdArgument(0.01),
    pointsArgument,
  ],
  gives: [{ kind: 'vector', size: 2 }, { kind: 'label' }],
};
