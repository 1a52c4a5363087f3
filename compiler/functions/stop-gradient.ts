import { defineElementwise } from '../layers/parts/activation.ts';
import * as t from '../tensor/index.ts';

export const stopGradient = defineElementwise({
  name: 'stop_gradient',
  summary: 'x, taken as constant by whatever learns from it',
  documentation: `
Any shape. The numbers are those of x, but no gradient passes. It is rarely needed: \`update D\` moves only D as it is.
`,
  range: (x) => x,
  apply: (x) => t.stopGradient(x),
});
