import * as t from '../tensor/index.ts';
import { everyArgument } from './every.ts';
import type { WeightPenalty } from './penalty.ts';

export const weightPenalty: WeightPenalty = {
  name: 'weight_penalty',
  summary: 'draws the kernels of a network towards zero',
  documentation: `
\`1e-4 * weight_penalty(D)\` is 1e-4 times the sum of all squares of the kernels of D, in the loss of the update that trains D: what
Keras calls \`kernel_regularizer=l2(1e-4)\`. Papers that write λ/2 in front of it mean half of their λ.

Kernels are the trained weights that something is multiplied by: those of dense layers, convolutions, recurrent and attention
layers, and of scales and shifts that follow from a vector. Biases, the scales of norms, tables with a row per class (\`embed\`) and
\`learned\` tensors are left out, and so are the weights of networks that this one uses. A kernel that \`weights:\` holds counts as it is
trained, before it is held.

\`adam(l2: 1e-4)\` draws every weight of its networks, biases too; \`adamw\` does so past Adam's scaling.

Krogh & Hertz, *A Simple Weight Decay Can Improve Generalization*, 1991.
`,
  tensors: [],
  arguments: [everyArgument],
  looksAt: 'weights',
  lower: ({ matrix }) => t.sum(t.square(matrix)),
};
