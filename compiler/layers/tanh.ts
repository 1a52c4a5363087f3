import * as t from '../tensor/index.ts';
import { defineElementwise, rising } from './parts/activation.ts';

export const tanh = defineElementwise({
  name: 'tanh',
  summary: 'squeezes into [-1, 1]',
  documentation: `
Any shape. The usual end of a generator whose data is in [-1, 1].
`,
  range: rising(Math.tanh),
  apply: (x) => t.tanh(x),
});
