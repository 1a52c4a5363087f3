import * as t from '../tensor/index.ts';
import { defineElementwise, rising } from './parts/activation.ts';

export const softplus = defineElementwise({
  name: 'softplus',
  summary: 'log(1 + eˣ): a smooth max(x, 0)',
  documentation: `
Any shape; exact for large x, where it is x, and for very negative x, where it is eˣ. \`softplus(-s)\` is −log σ(s), the cost of
a score s that should be high.
`,
  range: rising((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  apply: (x) => t.softplus(x),
});
