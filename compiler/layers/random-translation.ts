import { union } from '../3-check/interval.ts';
import * as t from '../tensor/index.ts';
import { type Augment, defineAugmentation } from './parts/augmentation.ts';
import { rowsFrom, turned } from './parts/rows-from.ts';

/** Every image moved by whole pixels, zeros where it came from. */
export const translate: Augment = (x, args, { uniform }) => {
  const ratio = args.number('ratio');
  const down = shifted(x, ratio, uniform);
  // The same along the other axis, which stands first meanwhile.
  return turned(shifted(turned(down), ratio, uniform));
};

/** Every image moved down or up by at most a share of its height. */
function shifted(x: t.Value, ratio: number, uniform: (shape: readonly number[]) => t.Value): t.Value {
  const [batch, height] = x.shape as [number, number, number, number];
  const most = Math.floor(height * ratio + 0.5);
  if (most === 0) return x;
  const padded = t.pad(x, { before: [0, most, 0, 0], after: [0, most, 0, 0] });
  return rowsFrom(padded, t.floor(t.mul(uniform([batch, 1]), 2 * most + 1)), height);
}

export const randomTranslation = defineAugmentation({
  name: 'random_translation',
  summary: 'moves every image by some pixels, each another way',
  documentation: `
Moves an image by whole pixels down or up and right or left, at most \`ratio\` of its size, and fills with zeros what gets free. In
sampling it does nothing.
All frames of a clip are changed alike; \`per_frame { … }\` changes each another way.

Zhao et al., *Differentiable Augmentation for Data-Efficient GAN Training*, 2020.
`,
  arguments: [
    {
      name: 'ratio',
      kind: 'number',
      summary: 'the most that it is moved, as a share of its size',
      default: 0.125,
      min: 0,
      max: 1,
    },
  ],
  range: (x) => union(x, { low: 0, high: 0 }),
  augment: translate,
  calls: ['random_translation(0.5)', 'random_translation(0)'],
});
