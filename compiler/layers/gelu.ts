import * as t from '../tensor/index.ts';
import { defineElementwise } from './parts/activation.ts';

/** Its one lowest point, at x = −0.7518, rounded outward. */
const LOWEST = -0.17;

export const gelu = defineElementwise({
  name: 'gelu',
  summary: 'x · Φ(x), with Φ the share of a bell curve that lies below x',
  documentation: `
Any shape; exact, by the error function, not the approximation by tanh.

Hendrycks & Gimpel, *Gaussian Error Linear Units*, 2016.
`,
  range: ({ low, high }) => ({ low: low >= 0 ? 0 : LOWEST, high: Math.max(high, 0) }),
  keeps: 2,
  apply: (x) => t.mul(x, t.mul(t.add(t.erf(t.mul(x, Math.SQRT1_2)), 1), 0.5)),
});
