import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { inputOfKind } from './parts/rank.ts';

export const globalAvgPool = defineLayer({
  name: 'global_avg_pool',
  summary: 'the mean of every channel over all places: a map becomes a vector',
  documentation: `
\`[H, W, C] -> [C]\`, and likewise for a clip. It keeps what is there and forgets where, so the network can be used at any size.

Lin, Chen & Yan, *Network In Network*, 2014.
`,
  inputs: 'one',
  arguments: [],
  shape(query) {
    const x = inputOfKind(query, 'global_avg_pool', 'map');
    return x && [x.at(-1)!];
  },
  range: ([x]) => x!,
  lower: ({ inputs: [x] }) =>
    t.mean(
      x!,
      x!.shape.slice(1, -1).map((_, axis) => axis + 1),
    ),
  examples: [
    { call: 'global_avg_pool', inputs: [[3, 2, 4]], output: [4] },
    { call: 'global_avg_pool', inputs: [[2, 2, 2, 3]], output: [3] },
  ],
});
