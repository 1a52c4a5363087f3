import { binary } from '../elementwise.ts';
import { less } from './less.ts';
import { select } from './select.ts';

/** The larger of x and y. Where they are equal the whole gradient goes to x. */
export const maximum = binary({
  name: 'maximum',
  summary: 'larger of x and y',
  gradients: [(d, x, y) => select(less(x, y), 0, d), (d, x, y) => select(less(x, y), d, 0)],
  integers: true,
});
