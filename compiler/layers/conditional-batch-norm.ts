import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { momentumArgument, movingAverages, normalizedOverBatch } from './parts/batch-statistics.ts';
import {
  conditionArguments,
  conditioned,
  conditionFits,
  conditionInput,
  conditionWeights,
} from './parts/condition.ts';
import { epsilonArgument } from './parts/normalization.ts';

export const conditionalBatchNorm = defineLayer({
  name: 'conditional_batch_norm',
  summary: 'batch_norm whose scale and shift follow from a label or a vector',
  documentation: `
\`x -> conditional_batch_norm(y)\` is (1 + gamma(y)) · (x − mean) / √(variance + epsilon) + beta(y), with mean and variance as in
\`batch_norm\`. It tells a generator what to make.

* \`y\` is a label: \`gamma\` and \`beta\` are tables of [classes, C], 0 at first, so that all classes begin alike (SNGAN, SAGAN).
* \`y\` is a vector [n]: they are matrices of [n, C] that it is multiplied by, without a bias (BigGAN, where y is a piece of the
  latent with an embedded class behind it).

Scale and shift that differ from place to place, as a map of what is to be where says (SPADE), are maps of one's own:
\`(x -> batch_norm(affine: false)) * (1 + gamma) + beta\`, with \`gamma = h -> conv2d(C, kernel: 3)\` and \`beta\` likewise.

Dumoulin, Shlens & Kudlur, *A Learned Representation for Artistic Style*, 2017. Miyato & Koyama, *cGANs with Projection
Discriminator*, 2018. Brock, Donahue & Simonyan, *Large Scale GAN Training*, 2019.
`,
  inputs: 'one',
  sides: [conditionInput],
  arguments: [epsilonArgument, momentumArgument, ...conditionArguments],
  mixesExamples: true,
  shape: (query) => (conditionFits(query, 'conditional_batch_norm') ? query.inputs[0]! : null),
  weights(inputs, args, labels) {
    return [...conditionWeights(inputs, args, labels), ...movingAverages(inputs[0]!.at(-1) ?? 1)];
  },
  keeps: ({ output }) => t.sizeOf(output),
  lower(query) {
    const normalized = normalizedOverBatch(query);
    return conditioned(query, { centred: normalized, rate: t.constant(normalized.builder, 1) });
  },
  examples: [
    { call: 'conditional_batch_norm', inputs: [[2, 2, 3], []], output: [2, 2, 3], weights: 24, label: 4 },
    { call: 'conditional_batch_norm(epsilon: 0.01)', inputs: [[3], [2]], output: [3], weights: 12 },
    {
      call: 'conditional_batch_norm(weights: spectral_norm)',
      inputs: [[1, 2, 2], [3]],
      output: [1, 2, 2],
      weights: 12,
    },
  ],
});
