import * as t from '../tensor/index.ts';
import { defineElementwise, rising } from './parts/activation.ts';
import { belowZero } from './parts/below-zero.ts';

/** The fixed point of mean 0 and variance 1, to the precision of the paper's code. */
const ALPHA = 1.6732632423543772;
const SCALE = 1.0507009873554805;

export const selu = defineElementwise({
  name: 'selu',
  summary: 'elu with the two constants that keep mean 0 and variance 1 from layer to layer',
  documentation: `
Any shape: 1.0507 · x above 0, 1.0507 · 1.6733 · (eˣ − 1) below. Meant for dense layers without normalisation.

Klambauer et al., *Self-Normalizing Neural Networks*, 2017.
`,
  range: rising((x) => SCALE * (x > 0 ? x : ALPHA * Math.expm1(x))),
  keeps: 2,
  apply: (x) => t.mul(t.select(t.greater(x, 0), x, belowZero(x, ALPHA)), SCALE),
});
