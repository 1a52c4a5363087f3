import { binary } from '../elementwise.ts';
import { neg } from './neg.ts';

/** x − y. */
export const sub = binary({
  name: 'sub',
  summary: 'x - y',
  gradients: [(d) => d, (d) => neg(d)],
  integers: true,
});
