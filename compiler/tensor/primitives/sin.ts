import { unary } from '../elementwise.ts';
import { cos } from './cos.ts';
import { mul } from './mul.ts';

/** The sine of x in radians. */
export const sin = unary({
  name: 'sin',
  summary: 'sine of x',
  gradient: (d, x) => mul(d, cos(x)),
});
