import { unary } from '../elementwise.ts';
import { mul } from './mul.ts';
import { step } from './step.ts';

/**
 * max(x, 0); its gradient at 0 is 0. The gradient looks at the result, which the next layer needs anyway, so that x
 * can be freed.
 */
export const relu = unary({
  name: 'relu',
  summary: 'max(x, 0)',
  gradient: (d, _x, y) => mul(d, step(y)),
});
