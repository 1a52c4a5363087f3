import { unary } from '../elementwise.ts';

/** −1, 0 or 1. */
export const sign = unary({
  name: 'sign',
  summary: '-1, 0 or 1',
  gradient: null,
  integers: true,
});
