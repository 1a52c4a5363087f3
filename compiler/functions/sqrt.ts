import { UNBOUNDED } from '../3-check/interval.ts';
import { defineElementwise } from '../layers/parts/activation.ts';
import * as t from '../tensor/index.ts';

export const sqrt = defineElementwise({
  name: 'sqrt',
  summary: 'the square root',
  documentation: `
Number by number, any shape. Of a number below 0 it is not a number, and training stops there. Its slope grows without bound
towards 0: \`sqrt(x + 1e-8)\` is safer.
`,
  range: ({ low, high }) =>
    high < 0 ? UNBOUNDED : { low: Math.sqrt(Math.max(low, 0)), high: Math.sqrt(high) },
  apply: (x) => t.sqrt(x),
  examples: [{ call: 'sqrt', inputs: [[2, 3]], output: [2, 3], range: [0.5, 2] }],
});
