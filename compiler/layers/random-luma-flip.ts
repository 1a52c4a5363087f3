import * as t from '../tensor/index.ts';
import { type Augment, defineAugmentation, onePerImage } from './parts/augmentation.ts';

/** Light and dark changed over in some of the images. */
const flipLuma: Augment = (x, args, { uniform }) => {
  const isFlipped = t.less(uniform(onePerImage(x)), args.number('share'));
  return t.select(isFlipped, t.sub(x, t.mul(t.mean(x, -1, true), 2)), x);
};

export const randomLumaFlip = defineAugmentation({
  name: 'random_luma_flip',
  summary: 'changes light and dark over in some of the images, and leaves their hues',
  documentation: `
With a probability of \`share\`, the mean of the channels of every pixel gets the other sign, and what each channel has beyond the mean
stays: for values around 0, as from −1 to 1, white becomes black, and a dark red a light one. In sampling it does nothing.
All frames of a clip are changed alike; \`per_frame { … }\` changes each another way.

Karras et al., *Training Generative Adversarial Networks with Limited Data*, 2020.
`,
  arguments: [
    {
      name: 'share',
      kind: 'number',
      summary: 'how many are changed, of all',
      default: 0.5,
      min: 0,
      max: 1,
    },
  ],
  range: ({ low, high }) => ({
    low: Math.min(low, low - 2 * high),
    high: Math.max(high, high - 2 * low),
  }),
  augment: flipLuma,
  calls: ['random_luma_flip(1)'],
});
