import { unary } from '../elementwise.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';

/** 1 / (1 + e^−x), without overflow on either side. */
export const sigmoid = unary({
  name: 'sigmoid',
  summary: '1 / (1 + e ** -x)',
  gradient: (d, _x, y) => mul(d, mul(y, sub(1, y))),
});
