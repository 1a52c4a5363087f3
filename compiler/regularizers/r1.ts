import * as t from '../tensor/index.ts';
import { everyArgument } from './every.ts';
import type { CriticPenalty } from './penalty.ts';
import { slope } from './slope.ts';

export const r1: CriticPenalty = {
  name: 'r1',
  summary: 'keeps a discriminator flat at real data',
  documentation: `
\`5 * r1(D(_, y), real)\` is 5 times the mean over the batch of |∇D(x)|² at real examples. The paper writes γ/2 in front of it;
γ = 10 is usual, hence 5.

\`5 * r1(D(_), real, every: 16)\` is StyleGAN2's lazy regularization: at every 16th step, the first one included, it counts 16
times, and not at all at the others, which saves most of its time and changes little. StyleGAN2's code takes a step of Adam for the
penalty alone, and so corrects lr by 16/17 and takes both betas to that power; here its gradient joins that of the loss in one
step, so that nothing is to be corrected.

Mescheder, Geiger & Nowozin, *Which Training Methods for GANs do actually Converge?*, 2018. Karras et al.,
*Analyzing and Improving the Image Quality of StyleGAN*, 2020, appendix B.
`,
  tensors: ['real'],
  arguments: [everyArgument],
  lower: ({ critic, tensors: [real] }) => t.mean(slope(critic, real!)),
};
