import { UNBOUNDED } from '../3-check/interval.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';

export const noise = defineLayer({
  name: 'noise',
  summary: 'adds random numbers of a bell curve in training',
  documentation: `
Any shape. \`std\` may be a schedule: at the entrance of a discriminator, \`noise(linear(from: 0.1, to: 0, over: 10_000))\` blurs real
and fake until they have come near (instance noise). When sampling nothing is added, unless \`always: true\`.

Sønderby et al., *Amortised MAP Inference for Image Super-resolution*, 2017. Arjovsky & Bottou, *Towards Principled Methods for
Training GANs*, 2017. \`learned_noise\` is the noise of StyleGAN.
`,
  inputs: 'one',
  arguments: [
    { name: 'std', kind: 'scheduled', summary: 'the standard deviation', default: 0.1, min: 0 },
    {
      name: 'always',
      kind: 'boolean',
      summary: 'whether sampling adds it as well; std is then a number',
      default: false,
    },
  ],
  isRandom: true,
  shape: ({ inputs: [x] }) => x!,
  range: () => UNBOUNDED,
  lower({ inputs: [x], args, training, normal, scheduled }) {
    if (!training && !(args.boolean('always') && args.has('std'))) return x!;
    return t.add(x!, t.mul(normal(x!.shape), scheduled('std')));
  },
  examples: [
    { call: 'noise', inputs: [[2, 2, 3]], output: [2, 2, 3] },
    { call: 'noise(0.5, always: true)', inputs: [[4]], output: [4] },
  ],
});
