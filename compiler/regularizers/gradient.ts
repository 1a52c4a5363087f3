import type { CriticPenalty } from './penalty.ts';
import { gradientAt } from './slope.ts';

export const gradient: CriticPenalty = {
  name: 'gradient',
  summary: 'how a score changes with every number of what it judges',
  documentation: `
\`gradient(D(_), x)\` is ∇D at x, shaped like x, for every example of its own; a map of scores counts with the sum of its scores. Losses
may rest on it, for it is differentiated again, exactly.

A step up the score, before G makes the picture that counts, is LOGAN's:

    uphill = gradient(D(G(_)), z)
    better = G(z + 0.9 * uphill / (0.1 + square(example_norm(uphill))))

\`stop_gradient(uphill)\` makes the step one that nothing is trained through, and costs less. A penalty that has no word of its own is
written with it: \`example_norm\` has an example.

Wu, Donahue, Balduzzi, Simonyan & Lillicrap, *LOGAN: Latent Optimisation for Generative Adversarial Networks*, 2019.
`,
  tensors: ['at'],
  arguments: [],
  gives: 'gradient',
  lower: ({ critic, tensors: [x] }) => gradientAt(critic, x!),
};
