import { largestSingularValue } from '../constraints/power-iteration.ts';
import * as t from '../tensor/index.ts';
import { everyArgument } from './every.ts';
import type { WeightPenalty } from './penalty.ts';

export const spectralPenalty: WeightPenalty = {
  name: 'spectral_penalty',
  summary: 'keeps the layers of a network from stretching anything by much',
  documentation: `
\`0.01 * spectral_penalty(D)\`, in the loss of the update that trains D, is 0.01 times the sum over the kernels of D of σ², where σ is
the largest singular value of the kernel as a matrix with one column per output. It holds loosely what \`spectral_norm\` holds
tightly. The paper writes λ/2 in front of it.

σ is estimated as there, by one step of power iteration at each update from where the one before it ended; the first one starts
from equal numbers. \`ganc explain weight_penalty\` says which kernels count.

Yoshida & Miyato, *Spectral Norm Regularization for Improving the Generalizability of Deep Learning*, 2017.
`,
  tensors: [],
  arguments: [everyArgument],
  looksAt: 'weights',
  lower({ matrix, state, assign }) {
    const columns = matrix.shape[1]!;
    const kept = state('u', [columns]);
    const isKept = t.greater(t.sum(t.square(kept)), 0);
    const { sigma, next } = largestSingularValue(matrix, t.select(isKept, kept, 1 / Math.sqrt(columns)));
    assign('u', next);
    return t.square(sigma);
  },
};
