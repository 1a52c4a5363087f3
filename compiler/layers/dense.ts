import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { inputOfKind } from './parts/rank.ts';
import { biasArgument, biasWeight, kernelWeight, trainedArguments } from './parts/weight-arguments.ts';

export const dense = defineLayer({
  name: 'dense',
  summary: 'every output sees every input: x · kernel + bias',
  documentation: `
\`[n] -> [units]\`: a matrix product with a trained \`kernel\` of [n, units], plus a trained \`bias\` of [units] unless
\`bias: false\`. The kernel is drawn by glorot_uniform unless \`init\` says otherwise; the bias starts at 0.

It takes vectors only. A map is made a vector by \`flatten\` or \`global_avg_pool\`: one score per image, not one per
pixel.
`,
  inputs: 'one',
  arguments: [
    { name: 'units', kind: 'size', summary: 'how many numbers come out', min: 1 },
    biasArgument,
    ...trainedArguments,
  ],
  shape(query) {
    return inputOfKind(query, 'dense', 'vector') && [query.args.dim('units')];
  },
  weights([x], args) {
    const [fanIn, fanOut] = [x![0]!, args.int('units')];
    return [kernelWeight(args, [fanIn, fanOut], { fanIn, fanOut }), ...biasWeight(args, fanOut)];
  },
  lower({ inputs: [x], args, weight }) {
    const y = t.matmul(x!, weight('kernel'));
    return args.boolean('bias') ? t.add(y, weight('bias')) : y;
  },
  examples: [
    { call: 'dense(3)', inputs: [[4]], output: [3], weights: 15 },
    { call: 'dense(5, bias: false)', inputs: [[3]], output: [5], weights: 15 },
    { call: 'dense(2, weights: spectral_norm)', inputs: [[4]], output: [2], weights: 10 },
    { call: 'dense(2, weights: weight_norm)', inputs: [[4]], output: [2], weights: 12 },
    { call: 'dense(4)', inputs: [[1]], output: [4], weights: 8 },
    { call: 'dense(2, init: he_normal)', inputs: [[3]], output: [2], weights: 8 },
  ],
});
