import { Dim } from '../3-check/dim.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { oneShape } from './parts/one-shape.ts';
import { inputOfKind } from './parts/rank.ts';

export const dot = defineLayer({
  name: 'dot',
  summary: 'the inner product of vectors: how much they point the same way',
  documentation: `
\`dot(a, b)\` of two vectors [n] is [1]: Σ aᵢ · bᵢ. With what a network makes of a class it judges how well features fit that class;
\`projection\` is the same with one trained vector per class.
`,
  inputs: 'many',
  arguments: [],
  shape(query) {
    return inputOfKind(query, 'dot', 'vector') && oneShape(query, 'dot') && [Dim.of(1)];
  },
  lower: ({ inputs }) =>
    t.sum(
      inputs.reduce((a, b) => t.mul(a, b)),
      -1,
      true,
    ),
  examples: [{ call: 'dot', inputs: [[5], [5]], output: [1] }],
});
