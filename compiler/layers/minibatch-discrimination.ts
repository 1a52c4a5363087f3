import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { inputOfKind } from './parts/rank.ts';
import { kernelWeight, trainedArguments } from './parts/weight-arguments.ts';

export const minibatchDiscrimination = defineLayer({
  name: 'minibatch_discrimination',
  summary: 'adds numbers that say how near an example is to the others of its batch',
  documentation: `
\`[n] -> [n + rows]\`. A trained \`kernel\` of [n, rows · size] makes a matrix of \`rows\` rows of every example. Two examples are as near
in a row as exp(−Σ |difference|); an example is given the sum over the batch, itself included, for every row.

Salimans et al., *Improved Techniques for Training GANs*, 2016, with 100 rows of 5. \`minibatch_stddev\` does without weights.
`,
  inputs: 'one',
  arguments: [
    { name: 'rows', kind: 'size', summary: 'how many numbers are added', default: 100, min: 1 },
    { name: 'size', kind: 'int', summary: 'numbers in a row, whose distance is taken', default: 5, min: 1 },
    ...trainedArguments,
  ],
  shape(query) {
    const x = inputOfKind(query, 'minibatch_discrimination', 'vector');
    return x && [x[0]!.plus(query.args.dim('rows'))];
  },
  weights([x], args) {
    const [fanIn, fanOut] = [x![0]!, args.int('rows') * args.int('size')];
    return [kernelWeight(args, [fanIn, fanOut], { fanIn, fanOut })];
  },
  keeps: ({ args, batch }) => batch * args.int('rows') * (args.int('size') + 1),
  lower({ inputs: [x], args, weight }) {
    const batch = x!.shape[0]!;
    const [rows, size] = [args.int('rows'), args.int('size')];
    const made = t.matmul(x!, weight('kernel'));
    const mine = t.reshape(made, [batch, 1, rows, size]);
    const others = t.reshape(made, [1, batch, rows, size]);
    const distance = t.sum(t.abs(t.sub(mine, others)), -1);
    return t.concat([x!, t.sum(t.exp(t.neg(distance)), 1)], -1);
  },
  examples: [
    { call: 'minibatch_discrimination(3, size: 2)', inputs: [[2]], output: [5], weights: 12 },
    { call: 'minibatch_discrimination(rows: 1)', inputs: [[3]], output: [4], weights: 15 },
  ],
});
