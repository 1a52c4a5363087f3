import { binary } from '../elementwise.ts';

/** x > y, as bool. */
export const greater = binary({
  name: 'greater',
  summary: 'x > y',
  gradients: null,
  result: 'bool',
  integers: true,
});
