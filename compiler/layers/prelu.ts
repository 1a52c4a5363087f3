import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';

export const prelu = defineLayer({
  name: 'prelu',
  summary: 'x above 0, a trained slope · x below',
  documentation: `
Any shape. \`slopes\` has a trained number per channel, all \`slope\` at first; with \`shared: true\` one for all channels, PyTorch's
default.

He et al., *Delving Deep into Rectifiers*, 2015.
`,
  inputs: 'one',
  arguments: [
    { name: 'slope', kind: 'number', summary: 'the slopes at first', default: 0.25, min: -1, max: 1 },
    { name: 'shared', kind: 'boolean', summary: 'whether all channels have one slope', default: false },
  ],
  shape: ({ inputs: [x] }) => x!,
  weights: ([x], args) => [
    {
      name: 'slopes',
      shape: [args.boolean('shared') ? 1 : (x!.at(-1) ?? 1)],
      kind: 'weight',
      initial: { kind: 'constant', value: args.number('slope') },
    },
  ],
  lower: ({ inputs: [x], weight }) => t.add(t.relu(x!), t.mul(t.minimum(x!, 0), weight('slopes'))),
  examples: [
    { call: 'prelu', inputs: [[2, 2, 3]], output: [2, 2, 3], weights: 3 },
    { call: 'prelu(0.1, shared: true)', inputs: [[4]], output: [4], weights: 1 },
  ],
});
