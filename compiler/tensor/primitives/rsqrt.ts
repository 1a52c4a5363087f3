import { unary } from '../elementwise.ts';
import { mul } from './mul.ts';

/** 1 / √x. */
export const rsqrt = unary({
  name: 'rsqrt',
  summary: '1 / square root of x',
  gradient: (d, _x, y) => mul(mul(d, -0.5), mul(y, mul(y, y))),
  range: [0.5, 2],
});
