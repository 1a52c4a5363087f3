import * as t from '../tensor/index.ts';
import { defineElementwise, rising } from './parts/activation.ts';

export const relu = defineElementwise({
  name: 'relu',
  summary: 'max(x, 0)',
  documentation: `
Any shape. Its slope at 0 counts as 0. Usual in generators; critics take \`leaky_relu\`, which lets gradients through
everywhere.

Nair & Hinton, *Rectified Linear Units Improve Restricted Boltzmann Machines*, 2010.
`,
  range: rising((x) => Math.max(x, 0)),
  apply: (x) => t.relu(x),
});
