import * as t from '../tensor/index.ts';
import { type Augment, defineAugmentation, onePerImage, stretched } from './parts/augmentation.ts';

/** Every number as far from the mean of its image as u + ½ times before, one u for each image. */
export const contrast: Augment = (x, _args, { uniform }) => {
  const mean = t.mean(x, [1, 2, 3], true);
  return t.add(mean, t.mul(t.sub(x, mean), t.add(uniform(onePerImage(x)), 0.5)));
};

export const randomContrast = defineAugmentation({
  name: 'random_contrast',
  summary: 'stretches or shrinks the contrast of every image, each by another factor',
  documentation: `
The distance of every number from the mean of its image is multiplied by a number from 0.5 to 1.5, one for each image. In sampling
it does nothing.
All frames of a clip are changed alike; \`per_frame { … }\` changes each another way.

Zhao et al., *Differentiable Augmentation for Data-Efficient GAN Training*, 2020.
`,
  arguments: [],
  range: (x) => stretched(x, 1.5),
  augment: contrast,
  calls: [],
});
