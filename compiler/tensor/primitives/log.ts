import { unary } from '../elementwise.ts';
import { div } from './div.ts';

/** The natural logarithm. */
export const log = unary({
  name: 'log',
  summary: 'natural logarithm of x',
  gradient: (d, x) => div(d, x),
  range: [0.5, 2],
});
