import { Dim } from '../3-check/dim.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { conditionFits, following } from './parts/condition.ts';
import { inputOfKind } from './parts/rank.ts';
import { kernelWeight, trainedArguments } from './parts/weight-arguments.ts';

export const projection = defineLayer({
  name: 'projection',
  summary: 'the inner product of features with a trained vector for the class: how well they fit it',
  documentation: `
\`h -> projection(y)\`, \`[n] -> [1]\`, is Σ hᵢ · eᵢ(y). The features of a discriminator are projected on what it has learned about
the class, and the result is added to its score: \`(h -> dense(1)) + (h -> projection(y))\`.

* \`y\` is a label: e(y) is its row of the trained \`table\`, [classes, n], as in \`embed\`.
* \`y\` is a vector [m]: e(y) is y times the \`table\`, [m, n], without a bias.

The table is drawn by glorot_uniform unless \`init\` says otherwise, and held as \`weights\` says: SNGAN, SAGAN and BigGAN hold it by
spectral_norm. Where e(y) is to go through layers of its own, \`dot(h, …)\` multiplies what comes out of them.

Miyato & Koyama, *cGANs with Projection Discriminator*, 2018.
`,
  inputs: 'one',
  sides: [{ name: 'y', summary: 'what the features are to fit: a label, or a vector [m]', takes: 'either' }],
  arguments: trainedArguments,
  shape(query) {
    const h = inputOfKind(query, 'projection', 'vector');
    return h && conditionFits(query, 'projection') ? [Dim.of(1)] : null;
  },
  weights([h, y], args, [, classes]) {
    const [fanIn, fanOut] = [classes ?? y![0]!, h![0]!];
    const table = kernelWeight(args, [fanIn, fanOut], { fanIn, fanOut }, 'table');
    return [classes === null || classes === undefined ? table : { ...table, isTable: true }];
  },
  lower: ({ inputs: [h, y], weight }) => t.sum(t.mul(h!, following(y!, weight('table'))), -1, true),
  examples: [
    { call: 'projection', inputs: [[3], []], output: [1], weights: 12, label: 4 },
    { call: 'projection(weights: spectral_norm)', inputs: [[2], []], output: [1], weights: 6, label: 3 },
    { call: 'projection(init: normal)', inputs: [[4], [3]], output: [1], weights: 12 },
  ],
});
