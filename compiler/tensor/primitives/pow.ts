import type { Value } from '../builder.ts';
import { binary } from '../elementwise.ts';
import { equal } from './equal.ts';
import { greater } from './greater.ts';
import { log } from './log.ts';
import { mul } from './mul.ts';
import { select } from './select.ts';
import { sub } from './sub.ts';

/** x to the power y. The gradient for y is 0 where x is not above 0, since log x is not a real number there. */
export const pow = binary({
  name: 'pow',
  summary: 'x ** y',
  gradients: [
    (d, x, y) => mul(d, slope(x, y)),
    (d, x, _y, z) => {
      const positive = greater(x, 0);
      return mul(mul(d, z), select(positive, log(select(positive, x, 1)), 0));
    },
  ],
  range: [0.5, 2],
});

/** y · x^(y−1), which is 0 for y = 0 whatever x is. */
function slope(x: Value, y: Value): Value {
  const exponent = x.builder.constantOf(y);
  if (exponent === null) {
    const flat = equal(y, 0);
    return select(flat, 0, mul(y, pow(x, select(flat, 1, sub(y, 1)))));
  }
  if (exponent === 0) return mul(x, 0);
  if (exponent === 1) return y;
  if (exponent === 2) return mul(x, 2);
  return mul(pow(x, exponent - 1), exponent);
}
