import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import * as t from '../tensor/index.ts';
import { type Augment, defineAugmentation, onePerImage, stretched } from './parts/augmentation.ts';
import { hueTurned } from './parts/hue.ts';

/** The colours of every image turned around grey, each by another angle. */
const turnHue: Augment = (x, args, { uniform }) => {
  const grey = t.mean(x, -1, true);
  const most = (args.number('degrees') * Math.PI) / 180;
  const angle = t.mul(t.sub(uniform(onePerImage(x)), 0.5), 2 * most);
  return t.add(grey, hueTurned(t.sub(x, grey), angle));
};

export const randomHue = defineAugmentation({
  name: 'random_hue',
  summary: 'turns the colours of every image around grey: red to green to blue, each by another angle',
  documentation: `
Turns the hues by an angle between −\`degrees\` and \`degrees\`, every one as likely; by 120 degrees red becomes green, green blue, and
blue red. The mean of the three channels of a pixel stays, and so does how far they are from it. In sampling it does nothing.
All frames of a clip are changed alike; \`per_frame { … }\` changes each another way.

Karras et al., *Training Generative Adversarial Networks with Limited Data*, 2020: any angle.
`,
  arguments: [
    {
      name: 'degrees',
      kind: 'number',
      summary: 'the most that hues are turned, one way or the other',
      default: 180,
      min: 0,
      max: 180,
    },
  ],
  fits(query, x) {
    if (x.at(-1)!.value === null || x.at(-1)!.equals(3)) return true;
    query.report(argumentValue, {
      at: query.inputSpans[0]!,
      facts: {
        call: 'random_hue',
        name: 'the picture',
        wanted: 'three channels, red, green and blue',
        given: `[${x.join(', ')}]`,
        instead: 'leave it out: hues are of colours',
      },
    });
    return false;
  },
  // Of the channels of a pixel at most 4/3 are added up, and 1/3 is taken away.
  range: (x) => stretched(x, 4 / 3),
  augment: turnHue,
  calls: ['random_hue(60)'],
  image: [3, 4, 3],
});
