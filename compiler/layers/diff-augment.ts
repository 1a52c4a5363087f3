import { union } from '../3-check/interval.ts';
import { Arguments } from '../arguments/arguments.ts';
import { type Augment, defineAugmentation, stretched } from './parts/augmentation.ts';
import { brighten } from './random-brightness.ts';
import { contrast } from './random-contrast.ts';
import { cutOut, HALF } from './random-cutout.ts';
import { saturate } from './random-saturation.ts';
import { translate } from './random-translation.ts';

/** The settings of the paper. */
const AMOUNT = new Arguments(new Map([['amount', 0.5]]));
const EIGHTH = new Arguments(new Map([['ratio', 0.125]]));

const augment: Augment = (x, args, draws) => {
  let image = x;
  if (args.boolean('color')) {
    image = brighten(image, AMOUNT, draws);
    image = saturate(image, AMOUNT, draws);
    image = contrast(image, AMOUNT, draws);
  }
  if (args.boolean('translation')) image = translate(image, EIGHTH, draws);
  return args.boolean('cutout') ? cutOut(image, HALF, draws) : image;
};

export const diffAugment = defineAugmentation({
  name: 'diff_augment',
  summary: 'DiffAugment: colour, translation and cutout for all that D sees',
  documentation: `
\`random_brightness -> random_saturation -> random_contrast -> random_translation(0.125) -> random_cutout(0.5)\`, or some of them.
Everything that D sees goes through it, in both updates, and G learns through it:

\`D(real -> diff_augment)\` and \`D(fake -> diff_augment)\`

so that D cannot remember a small training set, and G does not learn to make augmented pictures. In sampling it does nothing.
All frames of a clip are changed alike; \`per_frame { … }\` changes each another way.

Adaptive augmentation (ADA), which changes only some of the pictures, as many as D calls for, is \`adaptive_augment\`.

Zhao et al., *Differentiable Augmentation for Data-Efficient GAN Training*, 2020.
`,
  arguments: [
    { name: 'color', kind: 'boolean', summary: 'brightness, saturation and contrast', default: true },
    { name: 'translation', kind: 'boolean', summary: 'moves of an eighth', default: true },
    { name: 'cutout', kind: 'boolean', summary: 'a rectangle of half the size', default: true },
  ],
  range(x, args) {
    const bright = { low: x.low - 0.5, high: x.high + 0.5 };
    const colored = args.boolean('color') ? stretched(stretched(bright, 2), 1.5) : x;
    const fills = args.boolean('translation') || args.boolean('cutout');
    return fills ? union(colored, { low: 0, high: 0 }) : colored;
  },
  augment,
  calls: ['diff_augment(color: false)', 'diff_augment(translation: false, cutout: false)'],
});
