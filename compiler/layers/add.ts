import { sum } from '../3-check/interval.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { oneShape } from './parts/one-shape.ts';

export const add = defineLayer({
  name: 'add',
  summary: 'the sum of tensors of one shape',
  documentation: `
\`add(a, b)\` or \`a -> add(b)\`; the same as \`a + b\`. It closes a residual block (He et al., *Deep Residual Learning*, 2016).
`,
  inputs: 'many',
  arguments: [],
  shape: (query) => oneShape(query, 'add'),
  range: (inputs) => inputs.reduce(sum),
  lower: ({ inputs }) => t.addAll(inputs),
  examples: [
    { call: 'add', inputs: [[4], [4]], output: [4] },
    {
      call: 'add',
      inputs: [
        [2, 2, 3],
        [2, 2, 3],
        [2, 2, 3],
      ],
      output: [2, 2, 3],
    },
  ],
});
