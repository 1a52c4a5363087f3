import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { inputOfKind } from './parts/rank.ts';

export const learnedNoise = defineLayer({
  name: 'learned_noise',
  summary: 'adds one random number per place, as strongly as is learned',
  documentation: `
\`x -> x + strength · noise\` for maps: the noise has one channel, drawn anew for every example, in training and when sampling.
\`strength\` is trained and 0 at first: a number per channel as in StyleGAN, or with \`per_channel: false\` one number as in StyleGAN2.
It gives hair and freckles a source of chance.

Karras, Laine & Aila, *A Style-Based Generator Architecture*, 2019.
`,
  inputs: 'one',
  arguments: [
    {
      name: 'per_channel',
      kind: 'boolean',
      summary: 'whether every channel has a strength of its own',
      default: true,
    },
  ],
  isRandom: true,
  shape: (query) => inputOfKind(query, 'learned_noise', 'map'),
  weights: ([x], args) => [
    {
      name: 'strength',
      shape: [args.boolean('per_channel') ? x!.at(-1)! : 1],
      kind: 'weight',
      initial: { kind: 'constant', value: 0 },
    },
  ],
  lower: ({ inputs: [x], normal, weight }) =>
    t.add(x!, t.mul(normal(x!.shape.with(-1, 1)), weight('strength'))),
  examples: [
    { call: 'learned_noise', inputs: [[2, 2, 3]], output: [2, 2, 3], weights: 3 },
    { call: 'learned_noise(per_channel: false)', inputs: [[3, 2]], output: [3, 2], weights: 1 },
  ],
});
