import * as t from '../tensor/index.ts';
import { defineElementwise } from './parts/activation.ts';

export const softmax = defineElementwise({
  name: 'softmax',
  summary: 'shares that add up to 1 along the channels',
  documentation: `
Any shape: eˣ / Σeˣ over the last axis, without overflow. At every place of a map, the channels add up to 1.
`,
  range: () => ({ low: 0, high: 1 }),
  apply: (x) => t.softmax(x, -1),
  examples: [
    { call: 'softmax', inputs: [[5]], output: [5] },
    { call: 'softmax', inputs: [[2, 2, 3]], output: [2, 2, 3], range: [-3, 3] },
  ],
});
