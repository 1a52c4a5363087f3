import * as t from '../tensor/index.ts';
import { defineReduction } from './reduction.ts';

export const sum = defineReduction({
  name: 'sum',
  summary: 'the sum of all numbers of a batch',
  documentation: `
One number: the sum over examples, places and channels. It grows with the batch, and the learning rate with it: losses take
\`mean\` as a rule.
`,
  range: ({ low, high }) => ({ low: low >= 0 ? low : -Infinity, high: high <= 0 ? high : Infinity }),
  apply: (x) => t.sum(x),
});
