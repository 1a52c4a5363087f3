import { defineElementwise, rising } from '../layers/parts/activation.ts';
import * as t from '../tensor/index.ts';

export const exp = defineElementwise({
  name: 'exp',
  summary: 'e to the power x',
  documentation: 'Number by number, any shape. Above 88 it no longer fits a 32-bit number.',
  range: rising(Math.exp),
  apply: (x) => t.exp(x),
});
