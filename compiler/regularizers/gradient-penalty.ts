import { between } from './between.ts';
import { everyArgument } from './every.ts';
import type { CriticPenalty } from './penalty.ts';
import { distanceFromSlope } from './slope.ts';

export const gradientPenalty: CriticPenalty = {
  name: 'gradient_penalty',
  summary: 'keeps the slope of a critic near 1 between real and fake',
  documentation: `
\`10 * gradient_penalty(D(_, y), real, fake)\` is the mean over the batch of (|∇D(x)| − target)², where each x lies at a random
place on the straight line between a real and a fake example, and |∇D(x)| is the length of the gradient of its score. A map
of scores counts with the sum of its scores.

It is defined for one example at a time, so D must not mix examples: no batch_norm in it. Adam with \`beta1: 0, beta2: 0.9\`
goes with it. The factor 10 is for images. For points of a plane its authors use 0.1, and it matters: with that a generator found
seven of eight modes on a ring in 1,000 steps, with 10 none in 10,000.

Gulrajani et al., *Improved Training of Wasserstein GANs*, 2017.
`,
  tensors: ['real', 'fake'],
  arguments: [
    { name: 'target', kind: 'number', summary: 'the slope that is wanted', default: 1, min: 0 },
    everyArgument,
  ],
  lower: ({ critic, tensors: [real, fake], args, uniform }) =>
    distanceFromSlope(critic, between(fake!, real!, uniform), args.number('target')),
};
