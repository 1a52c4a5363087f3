import * as t from '../tensor/index.ts';
import { type Augment, defineAugmentation, onePerImage, stretched } from './parts/augmentation.ts';

/** Colours as far from their grey as 2u times before, one u for each image. */
export const saturate: Augment = (x, _args, { uniform }) => {
  const grey = t.mean(x, -1, true);
  return t.add(grey, t.mul(t.sub(x, grey), t.mul(uniform(onePerImage(x)), 2)));
};

export const randomSaturation = defineAugmentation({
  name: 'random_saturation',
  summary: 'makes the colours of every image stronger or paler, each by another factor',
  documentation: `
The distance of the channels of a pixel from their mean is multiplied by a number from 0 (grey) to 2, one for each image. An image
with one channel stays as it is. In sampling it does nothing.
All frames of a clip are changed alike; \`per_frame { … }\` changes each another way.

Zhao et al., *Differentiable Augmentation for Data-Efficient GAN Training*, 2020.
`,
  arguments: [],
  range: (x) => stretched(x, 2),
  augment: saturate,
  calls: [],
});
