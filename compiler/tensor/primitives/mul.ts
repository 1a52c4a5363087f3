import { binary } from '../elementwise.ts';

/** x · y. */
export const mul = binary({
  name: 'mul',
  summary: 'x * y',
  gradients: [(d, _x, y) => mul(d, y), (d, x) => mul(d, x)],
  integers: true,
});
