import { unary } from '../elementwise.ts';
import { exp } from './exp.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';

/** The error function, in gelu. */
export const erf = unary({
  name: 'erf',
  summary: 'error function of x',
  gradient: (d, x) => mul(mul(d, 2 / Math.sqrt(Math.PI)), exp(neg(mul(x, x)))),
});
