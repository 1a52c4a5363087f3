import { unary } from '../elementwise.ts';
import { greater } from './greater.ts';
import { select } from './select.ts';

/** max(x, 0); its gradient at 0 is 0. */
export const relu = unary({
  name: 'relu',
  summary: 'max(x, 0)',
  gradient: (d, x) => select(greater(x, 0), d, 0),
});
