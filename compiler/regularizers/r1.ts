import * as t from '../tensor/index.ts';
import type { Penalty } from './penalty.ts';
import { slope } from './slope.ts';

export const r1: Penalty = {
  name: 'r1',
  summary: 'keeps a discriminator flat at real data',
  documentation: `
\`5 * r1(D(_, y), real)\` is 5 times the mean over the batch of |∇D(x)|² at real examples. The paper writes γ/2 in front of it;
γ = 10 is usual, hence 5.

Mescheder, Geiger & Nowozin, *Which Training Methods for GANs do actually Converge?*, 2018.
`,
  tensors: ['real'],
  arguments: [],
  lower: ({ critic, tensors: [real] }) => t.mean(slope(critic, real!)),
};
