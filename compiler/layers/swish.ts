import * as t from '../tensor/index.ts';
import { defineElementwise } from './parts/activation.ts';

/** Its one lowest point, at x = −1.2785, rounded outward. */
const LOWEST = -0.2785;

export const swish = defineElementwise({
  name: 'swish',
  summary: 'x · sigmoid(x); PyTorch calls it SiLU',
  documentation: `
Any shape.

Ramachandran, Zoph & Le, *Searching for Activation Functions*, 2017.
`,
  range: ({ low, high }) => ({ low: low >= 0 ? 0 : LOWEST, high: Math.max(high, 0) }),
  keeps: 2,
  apply: (x) => t.mul(x, t.sigmoid(x)),
});
