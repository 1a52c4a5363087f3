import { unary } from '../elementwise.ts';
import { greater } from './greater.ts';
import { select } from './select.ts';

/**
 * max(x, 0); its gradient at 0 is 0. The gradient looks at the result, which the next layer needs anyway, so that x
 * can be freed.
 */
export const relu = unary({
  name: 'relu',
  summary: 'max(x, 0)',
  gradient: (d, _x, y) => select(greater(y, 0), d, 0),
});
