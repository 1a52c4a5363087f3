import { UNBOUNDED } from '../3-check/interval.ts';
import * as t from '../tensor/index.ts';
import { defineReduction } from './reduction.ts';

export const sum = defineReduction({
  name: 'sum',
  summary: 'the sum of all numbers of a batch',
  documentation: `
One number: the sum over examples, places and channels. It grows with the batch, and the learning rate with it: losses take
\`mean\` as a rule.
`,
  range: () => UNBOUNDED,
  apply: (x) => t.sum(x),
});
