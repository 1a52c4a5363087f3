import { defineLayer } from './layer.ts';
import {
  affineArgument,
  affineWeights,
  epsilonArgument,
  normalizedOver,
  scaleAndShift,
} from './parts/normalization.ts';

export const layerNorm = defineLayer({
  name: 'layer_norm',
  summary: 'gives every example mean 0 and variance 1, then a trained scale and shift per channel',
  documentation: `
\`x -> gamma · (x − mean) / √(variance + epsilon) + beta\`, any shape. Mean and variance are those of one example, over all its
places and channels; \`gamma\` (1 at first) and \`beta\` (0) are per channel. This is what critics under a gradient penalty take in
place of batch_norm, as in the code of WGAN-GP.

\`over: "channels"\` normalises each place on its own, over its channels, as transformers do (Keras, and PyTorch where it is given the
number of channels).

Ba, Kiros & Hinton, *Layer Normalization*, 2016. Gulrajani et al., *Improved Training of Wasserstein GANs*, 2017.
`,
  inputs: 'one',
  arguments: [
    epsilonArgument,
    affineArgument(true),
    {
      name: 'over',
      kind: 'choice',
      summary: 'what mean and variance are taken over: the whole example, or the channels of each place',
      default: 'example',
      choices: ['example', 'channels'],
    },
  ],
  shape: ({ inputs: [x] }) => x!,
  weights: ([x], args) => affineWeights(args, x!.at(-1) ?? 1),
  lower(query) {
    const axes = query.inputs[0]!.shape.map((_, axis) => axis).slice(1);
    const over = query.args.string('over') === 'channels' ? axes.slice(-1) : axes;
    return scaleAndShift(query, normalizedOver(query, over));
  },
  examples: [
    { call: 'layer_norm', inputs: [[4]], output: [4], weights: 8 },
    { call: 'layer_norm', inputs: [[2, 3, 2]], output: [2, 3, 2], weights: 4 },
    { call: 'layer_norm(over: "channels")', inputs: [[2, 3, 4]], output: [2, 3, 4], weights: 8 },
    { call: 'layer_norm(affine: false, epsilon: 0.001)', inputs: [[2, 2, 3]], output: [2, 2, 3] },
  ],
});
