import { binary } from '../elementwise.ts';

/** x < y, as bool. */
export const less = binary({
  name: 'less',
  summary: 'x < y',
  gradients: null,
  result: 'bool',
  integers: true,
});
