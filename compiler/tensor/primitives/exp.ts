import { unary } from '../elementwise.ts';
import { mul } from './mul.ts';

/** e to the power x. */
export const exp = unary({
  name: 'exp',
  summary: 'e ** x',
  gradient: (d, _x, y) => mul(d, y),
});
