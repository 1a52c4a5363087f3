import * as t from '../tensor/index.ts';
import { definePooling } from './parts/pooling.ts';

export const maxPool = definePooling({
  name: 'max_pool',
  summary: 'the largest number of every window: makes a map smaller',
  documentation: `
\`[H, W, C] -> [H/size, W/size, C]\`; of a clip, time as well: \`max_pool([1, 2, 2])\` leaves it. What lies beyond the border is never
chosen. Of equal numbers the first gets the gradient. Discriminators take strides or \`avg_pool\` instead, whose gradients reach
every pixel (Radford, Metz & Chintala, 2016).
`,
  range: (x) => x,
  pool: (x, windows) => t.maxPool(x, windows),
  examples: [
    { call: 'max_pool(2)', inputs: [[4, 6, 2]], output: [2, 3, 2] },
    { call: 'max_pool(2, padding: "same")', inputs: [[5, 3, 1]], output: [3, 2, 1] },
    { call: 'max_pool(3, stride: 2, padding: 1)', inputs: [[5, 4, 1]], output: [3, 2, 1] },
    { call: 'max_pool([1, 2, 2])', inputs: [[2, 2, 4, 1]], output: [2, 1, 2, 1] },
  ],
});
