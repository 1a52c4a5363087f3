import { unary } from '../elementwise.ts';

/** −x. */
export const neg = unary({
  name: 'neg',
  summary: '-x',
  gradient: (d) => neg(d),
  integers: true,
});
