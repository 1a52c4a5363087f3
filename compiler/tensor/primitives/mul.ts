import { binary } from '../elementwise.ts';

/** x · y. */
export const mul = binary({
  name: 'mul',
  summary: 'x * y',
  gradients: [(d, _x, y) => mul(d, y), (d, x) => mul(d, x)],
  // 2 · d · x: d is often small here, as below a sum, and x is read once instead of twice.
  gradientOfBoth: (d, x) => mul(mul(d, 2), x),
  integers: true,
});
