import { unary } from '../elementwise.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';
import { sin } from './sin.ts';

/** The cosine of x in radians. */
export const cos = unary({
  name: 'cos',
  summary: 'cosine of x',
  gradient: (d, x) => neg(mul(d, sin(x))),
});
