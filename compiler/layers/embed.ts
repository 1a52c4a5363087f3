import { rankMismatch } from '../diagnostics/codes/rank-mismatch.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { kernelWeight, trainedArguments } from './parts/weight-arguments.ts';

export const embed = defineLayer({
  name: 'embed',
  summary: 'a trained vector for every class of a label',
  documentation: `
A label becomes the vector of [size] numbers that stands in its row of the trained \`table\`, [classes, size]. The table is drawn
by glorot_uniform unless \`init\` says otherwise.

A generator is given it beside its noise: \`concat(z, y -> embed(128))\`. A discriminator multiplies its features by one: \`projection\`.
`,
  inputs: 'one',
  takesLabel: true,
  arguments: [
    { name: 'size', kind: 'size', summary: 'how many numbers a class has', min: 1 },
    ...trainedArguments,
  ],
  shape(query) {
    const given = query.inputs[0]!;
    if (given.length === 0) return [query.args.dim('size')];
    return query.report(rankMismatch, { facts: { layer: 'embed', wanted: 'label', given } });
  },
  weights(_inputs, args, [classes]) {
    const size = args.int('size');
    const table = kernelWeight(args, [classes!, size], { fanIn: classes!, fanOut: size }, 'table');
    return [{ ...table, isTable: true }];
  },
  lower: ({ inputs: [label], weight }) => t.gather(weight('table'), label!),
  examples: [
    { call: 'embed(3)', inputs: [[]], output: [3], weights: 15, label: 5 },
    { call: 'embed(2, weights: spectral_norm)', inputs: [[]], output: [2], weights: 8, label: 4 },
  ],
});
