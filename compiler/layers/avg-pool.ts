import * as t from '../tensor/index.ts';
import { definePooling } from './parts/pooling.ts';

export const avgPool = definePooling({
  name: 'avg_pool',
  summary: 'the mean of every window: makes a map smaller',
  documentation: `
\`[H, W, C] -> [H/size, W/size, C]\`; of a clip, time as well: \`avg_pool([1, 2, 2])\` leaves it. With \`padding: "same"\`, the default,
sizes are rounded up, and a window that reaches over the border is the mean of what it covers, as in TensorFlow. Written padding
(\`padding: 1\`) counts as zeros, as in PyTorch.
`,
  range: ({ low, high }, args) =>
    typeof args.raw('padding') === 'string'
      ? { low, high }
      : { low: Math.min(low, 0), high: Math.max(high, 0) },
  pool: (x, windows, args) => t.avgPool(x, { ...windows, countPadding: args.raw('padding') !== 'same' }),
  examples: [
    { call: 'avg_pool(2)', inputs: [[4, 6, 2]], output: [2, 3, 2] },
    { call: 'avg_pool(2, padding: "same")', inputs: [[5, 3, 1]], output: [3, 2, 1] },
    { call: 'avg_pool(3, stride: 2, padding: 1)', inputs: [[5, 4, 1]], output: [3, 2, 1] },
    { call: 'avg_pool([1, 2], stride: 1, padding: "valid")', inputs: [[2, 3, 2]], output: [2, 2, 2] },
    { call: 'avg_pool([1, 2, 2])', inputs: [[2, 2, 4, 1]], output: [2, 1, 2, 1] },
  ],
});
