import { pointsArgument, stdArgument } from './gaussian-arguments.ts';
import type { Source } from './source.ts';

export const gaussiansGrid: Source = {
  name: 'gaussians.grid',
  summary: 'points of the plane around centres on a square grid',
  documentation: `
A toy set on which it can be counted how many modes a generator finds: by default 100,000 points around 25 centres
at {-4, -2, 0, 2, 4}² with standard deviation 0.05 (Lin et al., "PacGAN", 2018). The seed decides the points. A
label tells the centre.

\`\`\`
data grid from gaussians.grid() {
  point: [2]
}
\`\`\`
`,
  arguments: [
    { name: 'side', kind: 'int', default: 5, min: 1, max: 100, summary: 'centres along a side' },
    { name: 'spacing', kind: 'number', default: 2, min: 0, summary: 'distance between neighbours' },
    stdArgument(0.05),
    pointsArgument,
  ],
  gives: [{ kind: 'vector', size: 2 }, { kind: 'label' }],
};
