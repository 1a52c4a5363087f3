import * as t from '../tensor/index.ts';
import { everyArgument } from './every.ts';
import type { CriticPenalty } from './penalty.ts';
import { slope } from './slope.ts';

export const r2: CriticPenalty = {
  name: 'r2',
  summary: 'keeps a discriminator flat at fakes',
  documentation: `
\`5 * r2(D(_, y), fake)\` is 5 times the mean over the batch of |∇D(x)|² at fakes: \`r1\` on the other side. It goes with \`r1\` in
recent relativistic GANs.

Mescheder, Geiger & Nowozin, *Which Training Methods for GANs do actually Converge?*, 2018. Huang et al., *The GAN is dead; long
live the GAN! A Modern GAN Baseline*, 2024.
`,
  tensors: ['fake'],
  arguments: [everyArgument],
  lower: ({ critic, tensors: [fake] }) => t.mean(slope(critic, fake!)),
};
