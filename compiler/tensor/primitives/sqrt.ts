import { unary } from '../elementwise.ts';
import { div } from './div.ts';
import { greater } from './greater.ts';
import { mul } from './mul.ts';
import { select } from './select.ts';

/**
 * √x. Its gradient at 0 is taken as 0, not infinity: then the norm of a zero vector, √Σx², has gradient 0
 * (a subgradient), to any order, where the chain rule would give 0 · ∞.
 */
export const sqrt = unary({
  name: 'sqrt',
  summary: 'square root of x',
  gradient(d, _x, y) {
    const positive = greater(y, 0);
    // The divisor is made safe as well, or the gradient of this gradient would meet the infinity again.
    return select(positive, div(mul(d, 0.5), select(positive, y, 1)), 0);
  },
  range: [0.5, 2],
});
