import { pointsArgument, spreadArgument } from './gaussian-arguments.ts';
import type { Source } from './source.ts';

export const gaussiansGrid: Source = {
  name: 'gaussians.grid',
  summary: 'points of the plane around 5 × 5 centres, to count how many modes a generator finds',
  documentation: `
Fields, in this order: the point, [2], and, if wanted, its centre, \`label(25)\`. Centres are 2 apart, around the origin.

Lin et al., *PacGAN: The power of two samples in generative adversarial networks*, 2018.

\`\`\`gan
data grid from gaussians.grid() {
  point: [2]
  centre: label(25)
}
\`\`\`
`,
  arguments: [
    { name: 'side', kind: 'int', summary: 'how many centres in a row', default: 5, min: 1, max: 100 },
    { name: 'spacing', kind: 'number', summary: 'how far apart they are', default: 2, min: 0 },
    spreadArgument(0.05),
    pointsArgument,
  ],
  gives: [{ kind: 'vector', size: 2 }, { kind: 'label' }],
  modes(number) {
    const [side, spacing] = [number('side'), number('spacing')];
    const along = (index: number) => (index - (side - 1) / 2) * spacing;
    const centres = Array.from({ length: side * side }, (_, index) => [
      along(index % side),
      along(Math.floor(index / side)),
    ]);
    return { centres, std: number('std') };
  },
};
