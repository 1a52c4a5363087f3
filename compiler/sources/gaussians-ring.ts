import { pointsArgument, spreadArgument } from './gaussian-arguments.ts';
import type { Source } from './source.ts';

export const gaussiansRing: Source = {
  name: 'gaussians.ring',
  summary: 'points of the plane around 8 centres on a circle, to count how many modes a generator finds',
  documentation: `
Fields, in this order: the point, [2], and, if wanted, its centre, \`label(8)\`. Every centre has the same number of points.

Lin et al., *PacGAN: The power of two samples in generative adversarial networks*, 2018.

\`\`\`gan
data ring from gaussians.ring() {
  point: [2]
}
\`\`\`
`,
  arguments: [
    { name: 'modes', kind: 'int', summary: 'how many centres', default: 8, min: 1, max: 10_000 },
    { name: 'radius', kind: 'number', summary: 'of the circle', default: 1, min: 0 },
    spreadArgument(0.01),
    pointsArgument,
  ],
  gives: [{ kind: 'vector', size: 2 }, { kind: 'label' }],
  modes(number) {
    const [count, radius] = [number('modes'), number('radius')];
    const centres = Array.from({ length: count }, (_, index) => {
      const angle = (2 * Math.PI * index) / count;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
    return { centres, std: number('std') };
  },
};
