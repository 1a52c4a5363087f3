import { defineElementwise, rising } from '../layers/parts/activation.ts';
import * as t from '../tensor/index.ts';

export const sign = defineElementwise({
  name: 'sign',
  summary: '-1, 0 or 1: which side of zero a number is on',
  documentation:
    'Number by number, any shape. It is a step: no gradient passes it, so nothing before it learns from what comes after.',
  isStep: true,
  range: rising(Math.sign),
  apply: (x) => t.sign(x),
});
