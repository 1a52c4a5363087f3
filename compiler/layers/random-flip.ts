import * as t from '../tensor/index.ts';
import { type Augment, defineAugmentation, onePerImage } from './parts/augmentation.ts';

/** Left and right changed over in some of the images. */
export const flip: Augment = (x, args, { uniform }) =>
  t.select(t.less(uniform(onePerImage(x)), args.number('share')), t.reverse(x, 2), x);

export const randomFlip = defineAugmentation({
  name: 'random_flip',
  summary: 'mirrors some of the images, left and right',
  documentation: `
Every image is mirrored with a probability of \`share\`. For pictures that are as believable mirrored, \`real = photos.image ->
random_flip\` doubles the training set: fakes need no flip, since mirrored pictures are as real as the others. In sampling it does
nothing.
All frames of a clip are changed alike; \`per_frame { … }\` changes each another way.
`,
  arguments: [
    {
      name: 'share',
      kind: 'number',
      summary: 'how many are mirrored, of all',
      default: 0.5,
      min: 0,
      max: 1,
    },
  ],
  range: (x) => x,
  augment: flip,
  calls: ['random_flip(0.25)', 'random_flip(1)'],
});
