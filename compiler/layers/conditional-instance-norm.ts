import { defineLayer } from './layer.ts';
import {
  conditionArguments,
  conditioned,
  conditionFits,
  conditionInput,
  conditionWeights,
} from './parts/condition.ts';
import { epsilonArgument, normalizedOver, placesOf } from './parts/normalization.ts';
import { inputOfKind } from './parts/rank.ts';

export const conditionalInstanceNorm = defineLayer({
  name: 'conditional_instance_norm',
  summary: 'instance_norm whose scale and shift follow from a label or a vector',
  documentation: `
\`x -> conditional_instance_norm(y)\` is (1 + gamma(y)) · (x − mean) / √(variance + epsilon) + beta(y), with mean and variance as in
\`instance_norm\` and \`y\` as in \`conditional_batch_norm\`: one network then paints in many styles.

Dumoulin, Shlens & Kudlur, *A Learned Representation for Artistic Style*, 2017.
`,
  inputs: 'one',
  sides: [conditionInput],
  arguments: [epsilonArgument, ...conditionArguments],
  shape(query) {
    const x = inputOfKind(query, 'conditional_instance_norm', 'map');
    return x && conditionFits(query, 'conditional_instance_norm') ? x : null;
  },
  weights: conditionWeights,
  lower: (query) => conditioned(query, normalizedOver(query, placesOf(query.inputs[0]!))),
  examples: [
    { call: 'conditional_instance_norm', inputs: [[2, 2, 2], []], output: [2, 2, 2], weights: 12, label: 3 },
    { call: 'conditional_instance_norm', inputs: [[3, 2], [2]], output: [3, 2], weights: 8 },
  ],
});
