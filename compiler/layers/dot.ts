import { Dim } from '../3-check/dim.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { oneShape } from './parts/one-shape.ts';
import { inputOfKind } from './parts/rank.ts';

export const dot = defineLayer({
  name: 'dot',
  summary: 'the inner product of vectors: how much they point the same way',
  documentation: `
\`dot(a, b)\` of two vectors [n] is [1]: Σ aᵢ · bᵢ; of sequences and maps it is that of every place, [T, 1] and [H, W, 1]. With what a network makes of a class it judges how well features fit that class;
\`projection\` is the same with one trained vector per class. Divided by both lengths it is the cosine of the angle, \`dot(a, b) / sqrt(dot(a, a) * dot(b, b) + 1e-8)\`.
All numbers of every place with all of another tensor are compared by \`matmul\`.
`,
  inputs: 'many',
  arguments: [],
  shape(query) {
    const [x] = query.inputs;
    if (x!.length === 0) return inputOfKind(query, 'dot', 'vector');
    return oneShape(query, 'dot') && [...x!.slice(0, -1), Dim.of(1)];
  },
  lower: ({ inputs }) =>
    t.sum(
      inputs.reduce((a, b) => t.mul(a, b)),
      -1,
      true,
    ),
  examples: [
    { call: 'dot', inputs: [[5], [5]], output: [1] },
    {
      call: 'dot',
      inputs: [
        [2, 3],
        [2, 3],
      ],
      output: [2, 1],
    },
  ],
});
