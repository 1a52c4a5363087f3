import { unary } from '../elementwise.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';

/** The hyperbolic tangent. */
export const tanh = unary({
  name: 'tanh',
  summary: 'hyperbolic tangent of x',
  gradient: (d, _x, y) => mul(d, sub(1, mul(y, y))),
});
