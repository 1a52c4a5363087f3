import { defineElementwise, rising } from '../layers/parts/activation.ts';
import * as t from '../tensor/index.ts';

export const floor = defineElementwise({
  name: 'floor',
  summary: 'the largest whole number that is not above x',
  documentation:
    'Number by number, any shape. It is a step: no gradient passes it, so nothing before it learns from what comes after.',
  isStep: true,
  range: rising(Math.floor),
  apply: (x) => t.floor(x),
});
