import * as t from '../tensor/index.ts';
import { type Augment, defineAugmentation, onePerImage } from './parts/augmentation.ts';

/** x + amount · (2u − 1), one u for each image. */
export const brighten: Augment = (x, args, { uniform }) => {
  const shift = t.mul(t.sub(uniform(onePerImage(x)), 0.5), 2 * args.number('amount'));
  return t.add(x, shift);
};

export const randomBrightness = defineAugmentation({
  name: 'random_brightness',
  summary: 'makes every image brighter or darker, each by another number',
  documentation: `
Adds a number between −amount and amount to all of an image. It has a slope, so that G learns through it: \`D(real ->
random_brightness)\` and \`D(fake -> random_brightness)\`. In sampling it does nothing.
All frames of a clip are changed alike; \`per_frame { … }\` changes each another way.

Zhao et al., *Differentiable Augmentation for Data-Efficient GAN Training*, 2020: amount 0.5, for values from −1 to 1.
`,
  arguments: [
    { name: 'amount', kind: 'number', summary: 'the most that is added or taken', default: 0.5, min: 0 },
  ],
  range: ({ low, high }, args) => ({ low: low - args.number('amount'), high: high + args.number('amount') }),
  augment: brighten,
  calls: ['random_brightness(0.2)'],
});
