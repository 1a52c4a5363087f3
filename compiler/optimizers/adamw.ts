import { adam, adamArguments, adamStep } from './adam.ts';
import { decayArgument, decayed } from './decay.ts';
import type { Optimizer } from './optimizer.ts';

export const adamw: Optimizer = {
  name: 'adamw',
  summary: 'adam, with weights drawn towards 0 apart from their gradients',
  documentation: `
w = w · (1 − lr · decay), then the step of \`adam\`. Decay that is added to the loss as a squared length instead (\`l2\` of \`adam\`) passes through
Adam's scaling, and weights with large gradients hardly decay; here all do alike. Every weight decays, biases too.

Loshchilov & Hutter, *Decoupled Weight Decay Regularization*, 2019; decay 0.01 is PyTorch's default.
`,
  arguments: [...adamArguments, decayArgument],
  slots: adam.slots,
  update: (query) => adamStep({ ...query, weight: decayed(query) }),
};
