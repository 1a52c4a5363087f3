import { binary } from '../elementwise.ts';
import { greater } from './greater.ts';
import { select } from './select.ts';

/** The smaller of x and y. Where they are equal the whole gradient goes to x. */
export const minimum = binary({
  name: 'minimum',
  summary: 'smaller of x and y',
  gradients: [(d, x, y) => select(greater(x, y), 0, d), (d, x, y) => select(greater(x, y), d, 0)],
  integers: true,
});
