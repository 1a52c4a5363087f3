import { defineLayer } from './layer.ts';
import { momentumArgument, movingAverages, normalizedOverBatch } from './parts/batch-statistics.ts';
import { affineArgument, affineWeights, epsilonArgument } from './parts/normalization.ts';

export const batchNorm = defineLayer({
  name: 'batch_norm',
  summary: 'gives every channel mean 0 and variance 1 over the batch, then a trained scale and shift',
  documentation: `
\`x -> gamma · (x − mean) / √(variance + epsilon) + beta\`, any shape, per channel (the last axis). \`gamma\` starts at 1,
\`beta\` at 0.

In training, mean and variance are those of the batch, over all examples and places (the variance divided by n). Real and
fake are separate batches unless the spec joins them. Sampling uses moving averages instead, which move in the updates
that train the network: new = momentum · old + (1 − momentum) · batch.

epsilon 1e-5 and an average that keeps 0.9 are PyTorch's defaults (which calls the latter 0.1); Keras has 1e-3 and 0.99.

It mixes the examples of a batch, so a critic under a gradient penalty, which is defined for one example at a time, must do
without it: \`layer_norm\` or nothing.

Ioffe & Szegedy, *Batch Normalization*, 2015.
`,
  inputs: 'one',
  arguments: [epsilonArgument, momentumArgument, affineArgument(true)],
  mixesExamples: true,
  shape: ({ inputs: [x] }) => x!,
  weights([x], args) {
    const channels = x!.at(-1) ?? 1;
    return [...affineWeights(args, channels), ...movingAverages(channels)];
  },
  lower(query) {
    const { args, weight } = query;
    const isAffine = args.boolean('affine');
    return normalizedOverBatch(
      query,
      isAffine ? { gamma: weight('gamma'), beta: weight('beta') } : undefined,
    );
  },
  examples: [
    { call: 'batch_norm', inputs: [[3]], output: [3], weights: 6 },
    { call: 'batch_norm', inputs: [[2, 3, 2]], output: [2, 3, 2], weights: 4 },
    { call: 'batch_norm(affine: false)', inputs: [[2, 2, 1]], output: [2, 2, 1] },
    {
      call: 'batch_norm(epsilon: 0.01, momentum: 0.99)',
      inputs: [[2, 2, 1, 2]],
      output: [2, 2, 1, 2],
      weights: 4,
    },
  ],
});
