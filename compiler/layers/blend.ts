import { union } from '../3-check/interval.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { oneShape } from './parts/one-shape.ts';

export const blend = defineLayer({
  name: 'blend',
  summary: 'goes from one tensor to another: (1 − amount) · x + amount · other',
  documentation: `
\`old -> blend(new, amount: linear(from: 0, to: 1, over: 10_000))\` fades a new block in over the way around it, as progressive
growing does; both are of one shape. Where \`amount\` is a schedule, sampling takes the value that it had when the network was last
updated.

Karras, Aila, Laine & Lehtinen, *Progressive Growing of GANs*, 2018.
`,
  inputs: 'one',
  sides: [{ name: 'other', summary: 'a tensor of the same shape', takes: 'tensor' }],
  arguments: [{ name: 'amount', kind: 'scheduled', summary: 'the share of the other', min: 0, max: 1 }],
  shape: (query) => oneShape(query, 'blend'),
  range: ([x, other]) => union(x!, other!),
  // A number that is written needs no keeping.
  weights: (_inputs, args) =>
    args.has('amount')
      ? []
      : [{ name: 'amount', shape: [1], kind: 'statistic', initial: { kind: 'constant', value: 0 } }],
  lower({ inputs: [x, other], args, training, weight, assign, scheduled }) {
    const isKept = !args.has('amount');
    const amount = isKept && !training ? weight('amount') : scheduled('amount');
    if (isKept && training) assign('amount', t.reshape(amount, [1]));
    return t.add(x!, t.mul(t.sub(other!, x!), amount));
  },
  examples: [
    {
      call: 'blend(amount: 0.25)',
      inputs: [
        [2, 2, 2],
        [2, 2, 2],
      ],
      output: [2, 2, 2],
    },
    { call: 'blend(amount: 1)', inputs: [[3], [3]], output: [3] },
  ],
});
