import { unary } from '../elementwise.ts';

/** The largest whole number that is not above x. */
export const floor = unary({
  name: 'floor',
  summary: 'largest whole number not above x',
  gradient: null,
});
