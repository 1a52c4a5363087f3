import { defineLayer } from './layer.ts';
import {
  affineArgument,
  affineWeights,
  epsilonArgument,
  normalizedOver,
  placesOf,
  scaleAndShift,
} from './parts/normalization.ts';
import { inputOfKind } from './parts/rank.ts';

export const instanceNorm = defineLayer({
  name: 'instance_norm',
  summary: 'gives every channel of every example mean 0 and variance 1',
  documentation: `
\`x -> (x − mean) / √(variance + epsilon)\` for images and clips: mean and variance are those of one channel of one example, over
its places, in training and sampling alike. It takes away contrast, which style transfer and CycleGAN want.
A map of 1 × 1 has nothing else, and is refused (\`norm-of-one-number\`).

Without trained weights, as in PyTorch and CycleGAN; \`affine: true\` adds a scale \`gamma\` and a shift \`beta\` per channel.

Ulyanov, Vedaldi & Lempitsky, *Instance Normalization*, 2016.
`,
  inputs: 'one',
  arguments: [epsilonArgument, affineArgument(false)],
  shape: (query) => inputOfKind(query, 'instance_norm', 'map'),
  weights: ([x], args) => affineWeights(args, x!.at(-1)!),
  lower: (query) => scaleAndShift(query, normalizedOver(query, placesOf(query.inputs[0]!))),
  examples: [
    { call: 'instance_norm', inputs: [[3, 2, 2]], output: [3, 2, 2] },
    { call: 'instance_norm(affine: true)', inputs: [[2, 2, 3]], output: [2, 2, 3], weights: 6 },
    { call: 'instance_norm', inputs: [[2, 2, 2, 1]], output: [2, 2, 2, 1] },
  ],
});
