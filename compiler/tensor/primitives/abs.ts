import { unary } from '../elementwise.ts';
import { mul } from './mul.ts';
import { sign } from './sign.ts';

/** |x|; its gradient at 0 is 0. */
export const abs = unary({
  name: 'abs',
  summary: '|x|',
  gradient: (d, x) => mul(d, sign(x)),
  integers: true,
});
