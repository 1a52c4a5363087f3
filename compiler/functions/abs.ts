import { defineElementwise } from '../layers/parts/activation.ts';
import * as t from '../tensor/index.ts';

export const abs = defineElementwise({
  name: 'abs',
  summary: 'x without its sign',
  documentation:
    'Number by number, any shape: `mean(abs(a - b))` is the mean absolute error. Its slope at 0 counts as 0.',
  range({ low, high }) {
    const [a, b] = [Math.abs(low), Math.abs(high)];
    return { low: low <= 0 && high >= 0 ? 0 : Math.min(a, b), high: Math.max(a, b) };
  },
  apply: (x) => t.abs(x),
});
