import * as t from '../tensor/index.ts';
import { type Augment, defineAugmentation } from './parts/augmentation.ts';
import { keptToRead, outsideArgument, rangeBetween } from './parts/bilinear.ts';
import { onePerPlaces, resampled, scaled } from './parts/resampled.ts';

/** Every image larger or smaller around its middle, each by another factor. */
const scale: Augment = (x, args, { normal }) => {
  const width = t.exp(t.mul(normal(onePerPlaces(x)), args.number('octaves') * Math.LN2));
  const height = args.string('mode') === 'zoom' ? width : t.div(1, width);
  return resampled(x, args.string('outside'), (places) => scaled(places, height, width));
};

export const randomScale = defineAugmentation({
  name: 'random_scale',
  summary: 'makes every image larger or smaller, or stretches it, each by another factor',
  documentation: `
What is seen becomes 2ˢ times as large around the middle of the image, with s from a bell curve whose standard deviation is
\`octaves\`: with 0.2, two images of three are between 0.87 and 1.15 times as large. The size of the image stays. \`mode: "stretch"\`
makes it that many times as wide and the same many times less high. Pixels are read between those of the image (bilinear), as
\`warp\` does; it has a slope, so that G learns through it. In sampling it does nothing. What comes into the image at its sides is its
mirror image; \`outside: "zeros"\` and \`"border"\` fill otherwise.
All frames of a clip are changed alike; \`per_frame { … }\` changes each another way.

Each pass between pixels blurs a little. Several changes of this kind in one pass are in \`adaptive_augment\`.

Karras et al., *Training Generative Adversarial Networks with Limited Data*, 2020: 0.2, of both modes.
`,
  arguments: [
    {
      name: 'octaves',
      kind: 'number',
      summary: 'the standard deviation of the factor, in doublings',
      default: 0.2,
      min: 0,
    },
    {
      name: 'mode',
      kind: 'choice',
      summary: 'whether height goes with width, or against it',
      default: 'zoom',
      choices: ['zoom', 'stretch'],
    },
    outsideArgument('reflect'),
  ],
  range: rangeBetween,
  keeps: ({ output }) => keptToRead(output),
  augment: scale,
  calls: ['random_scale(1)', 'random_scale(mode: "stretch", outside: "zeros")'],
});
