import { Dim } from '../3-check/dim.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';

export const flatten = defineLayer({
  name: 'flatten',
  summary: 'all numbers of an example in one row',
  documentation: `
\`[H, W, C] -> [H*W*C]\`, and likewise for any other shape: rows first, channels last. It keeps what is where, so that the
\`dense\` after it is tied to one size; \`global_avg_pool\` is not.
`,
  inputs: 'one',
  arguments: [],
  shape: ({ inputs: [x] }) => [x!.reduce((product, size) => product.times(size), Dim.of(1))],
  range: ([x]) => x!,
  lower({ inputs: [x] }) {
    const batch = x!.shape[0]!;
    return t.reshape(x!, [batch, t.sizeOf(x!.shape) / batch]);
  },
  examples: [
    { call: 'flatten', inputs: [[2, 3, 2]], output: [12] },
    { call: 'flatten', inputs: [[5]], output: [5] },
    { call: 'flatten', inputs: [[2, 2, 2, 1]], output: [8] },
  ],
});
