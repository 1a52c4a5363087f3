import type { Distribution } from './distribution.ts';
import { sizeArgument } from './latent-arguments.ts';
import { scaled } from './normal.ts';

export const uniform: Distribution = {
  name: 'uniform',
  summary: 'every number between low and high alike',
  documentation: `
\`latent z: uniform(100)\` draws 100 numbers per example between −1 and 1, as the first GANs did. \`low\` and \`high\` move the
ends.
`,
  arguments: [
    sizeArgument,
    { name: 'low', kind: 'number', summary: 'the smallest number', default: -1 },
    { name: 'high', kind: 'number', summary: 'the largest number, itself never drawn', default: 1 },
  ],
  range: (args) => ({ low: args.number('low'), high: args.number('high') }),
  draw({ shape, args, uniform: draw }) {
    const [low, high] = [args.number('low'), args.number('high')];
    return scaled(draw(shape), low, high - low);
  },
};
