import * as t from '../tensor/index.ts';
import { between } from './between.ts';
import { everyArgument } from './every.ts';
import type { CriticPenalty } from './penalty.ts';
import { slope } from './slope.ts';

export const zeroCentred: CriticPenalty = {
  name: 'zero_centred',
  summary: 'keeps a discriminator flat between real and fake',
  documentation: `
\`100 * zero_centred(D(_, y), real, fake)\` is 100 times the mean over the batch of |∇D(x)|², where each x lies at a random place on the
straight line between a real and a fake example: \`r1\` and \`r2\` at the ends, and everything in between. Where \`gradient_penalty\`
wants a slope of 1, this wants none, so that a discriminator cannot remember the single examples of the training set.

Thanh-Tung, Tran & Venkatesh, *Improving Generalization and Stability of Generative Adversarial Networks*, 2019 (0-GP, weight 100).
`,
  tensors: ['real', 'fake'],
  arguments: [everyArgument],
  lower: ({ critic, tensors: [real, fake], uniform }) =>
    t.mean(slope(critic, between(fake!, real!, uniform))),
};
