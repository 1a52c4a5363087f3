import { binary } from '../elementwise.ts';

/** x + y. */
export const add = binary({
  name: 'add',
  summary: 'x + y',
  gradients: [(d) => d, (d) => d],
  integers: true,
});
