import { binary } from '../elementwise.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';

/** x / y. */
export const div = binary({
  name: 'div',
  summary: 'x / y',
  gradients: [(d, _x, y) => div(d, y), (d, _x, y, z) => neg(div(mul(d, z), y))],
  range: [0.5, 2],
});
