import * as t from '../tensor/index.ts';
import { defineElementwise, rising } from './parts/activation.ts';

export const sigmoid = defineElementwise({
  name: 'sigmoid',
  summary: '1 / (1 + e⁻ˣ): squeezes into [0, 1]',
  documentation: `
Any shape. The end of a generator whose data is in [0, 1]. A discriminator ends in a bare score instead: \`bce\` expects the
score before the sigmoid, which is exact where the sigmoid would round to 0 or 1.
`,
  range: rising((x) => 1 / (1 + Math.exp(-x))),
  apply: (x) => t.sigmoid(x),
});
