import * as t from '../tensor/index.ts';
import { type Augment, defineAugmentation, onePerImage } from './parts/augmentation.ts';
import { turned } from './parts/rows-from.ts';

/** Half of the images upside down, and half of the square ones with rows and columns changed over as well. */
const turn: Augment = (x, _args, { uniform }) => {
  const [, height, width] = x.shape;
  const half = t.select(t.less(uniform(onePerImage(x)), 0.5), t.reverse(x, [1, 2]), x);
  if (height !== width) return half;
  return t.select(t.less(uniform(onePerImage(x)), 0.5), t.reverse(turned(half), 1), half);
};

export const randomTurn = defineAugmentation({
  name: 'random_turn',
  summary: 'turns every image by quarters: not at all, by 90, 180 or 270 degrees',
  documentation: `
Each of the four is as likely. No pixel is changed, only put elsewhere. An image that is not square is turned by 180 degrees or not
at all. For pictures that are as believable turned, as those from above or through a microscope are,
\`real = photos.image -> random_turn -> random_flip\` makes eight of one. In sampling it does nothing.
All frames of a clip are changed alike; \`per_frame { … }\` changes each another way.

Karras et al., *Training Generative Adversarial Networks with Limited Data*, 2020.
`,
  arguments: [],
  range: (x) => x,
  augment: turn,
  calls: [],
  image: [3, 3, 2],
});
