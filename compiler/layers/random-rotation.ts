import * as t from '../tensor/index.ts';
import { type Augment, defineAugmentation } from './parts/augmentation.ts';
import { keptToRead, outsideArgument, rangeBetween } from './parts/bilinear.ts';
import { onePerPlaces, resampled, rotated } from './parts/resampled.ts';

/** Every image turned around its middle, each by another angle. */
const rotate: Augment = (x, args, { uniform }) => {
  const most = (args.number('degrees') * Math.PI) / 180;
  const angle = t.mul(t.sub(uniform(onePerPlaces(x)), 0.5), 2 * most);
  return resampled(x, args.string('outside'), (places) => rotated(places, angle));
};

export const randomRotation = defineAugmentation({
  name: 'random_rotation',
  summary: 'turns every image around its middle, each by another angle',
  documentation: `
Turns by an angle between −\`degrees\` and \`degrees\`, every one as likely; pixels are read between those of the image (bilinear), as
\`warp\` does. It has a slope, so that G learns through it. In sampling it does nothing. What comes into the image at its corners is
its mirror image; \`outside: "zeros"\` and \`"border"\` fill otherwise.
All frames of a clip are changed alike; \`per_frame { … }\` changes each another way.

Each pass between pixels blurs a little. Several changes of this kind in one pass are in \`adaptive_augment\`; turns by a quarter,
which blur nothing, are \`random_turn\`.

Karras et al., *Training Generative Adversarial Networks with Limited Data*, 2020: any angle.
`,
  arguments: [
    {
      name: 'degrees',
      kind: 'number',
      summary: 'the most that it is turned, one way or the other',
      default: 180,
      min: 0,
      max: 180,
    },
    outsideArgument('reflect'),
  ],
  range: rangeBetween,
  keeps: ({ output }) => keptToRead(output),
  augment: rotate,
  calls: ['random_rotation(30)', 'random_rotation(outside: "zeros")'],
});
