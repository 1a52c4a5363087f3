import { defineLayer } from '../layers/layer.ts';
import * as t from '../tensor/index.ts';

export const batchMean = defineLayer({
  name: 'batch_mean',
  summary: 'the mean over the examples of a batch, place by place',
  documentation: `
Any shape, which stays: what comes out is one tensor for the whole batch, for losses. \`batch_mean(D(real).features)\` is the mean
feature vector that \`feature_matching\` compares.

Salimans et al., *Improved Techniques for Training GANs*, 2016, section 3.1.
`,
  inputs: 'one',
  arguments: [],
  result: 'batch',
  shape: ({ inputs: [x] }) => x!,
  range: ([x]) => x!,
  lower: ({ inputs: [x] }) => t.mean(x!, 0),
  examples: [
    { call: 'batch_mean', inputs: [[3]], output: [3] },
    { call: 'batch_mean', inputs: [[2, 3, 1]], output: [2, 3, 1] },
  ],
});
