import { defineElementwise, rising } from '../layers/parts/activation.ts';
import * as t from '../tensor/index.ts';

export const log = defineElementwise({
  name: 'log',
  summary: 'the natural logarithm',
  documentation: `
Number by number, any shape. Of 0 it is −∞, and training stops there: \`log(sigmoid(x))\` is better written \`-softplus(-x)\`.
`,
  range: rising((x) => Math.log(Math.max(x, 0))),
  apply: (x) => t.log(x),
  examples: [{ call: 'log', inputs: [[2, 3]], output: [2, 3], range: [0.5, 2] }],
});
