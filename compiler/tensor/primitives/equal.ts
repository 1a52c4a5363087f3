import { binary } from '../elementwise.ts';

/** x = y, as bool. */
export const equal = binary({
  name: 'equal',
  summary: 'x = y',
  gradients: null,
  result: 'bool',
  integers: true,
});
