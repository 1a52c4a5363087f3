import * as t from '../tensor/index.ts';
import { between } from './between.ts';
import { everyArgument } from './every.ts';
import type { CriticPenalty } from './penalty.ts';
import { distanceFromSlope } from './slope.ts';

export const dragan: CriticPenalty = {
  name: 'dragan',
  summary: 'keeps the slope of a discriminator near 1 around real data',
  documentation: `
\`10 * dragan(D(_, y), real)\` is 10 times the mean over the batch of (|∇D(x)| − target)², where each x lies at a random place on the
straight line between a real example and that example with noise: \`noise\` times the standard deviation of the batch times
numbers between 0 and 1, one for each place. It needs no fakes, and goes with \`bce\` as well.

Kodali, Abernethy, Hays & Kira, *On Convergence and Stability of GANs*, 2017, algorithm 1 and the authors' code.
`,
  tensors: ['real'],
  arguments: [
    { name: 'target', kind: 'number', summary: 'the slope that is wanted', default: 1, min: 0 },
    {
      name: 'noise',
      kind: 'number',
      summary: 'how far around real data it looks, in standard deviations of the batch',
      default: 0.5,
      min: 0,
    },
    everyArgument,
  ],
  lower({ critic, tensors: [real], args, uniform }) {
    const reach = t.mul(t.sqrt(t.variance(real!)), args.number('noise'));
    const noisy = t.add(real!, t.mul(uniform(real!.shape), reach));
    return distanceFromSlope(critic, between(real!, noisy, uniform), args.number('target'));
  },
};
