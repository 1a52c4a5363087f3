import { defineElementwise } from '../layers/parts/activation.ts';
import * as t from '../tensor/index.ts';

export const square = defineElementwise({
  name: 'square',
  summary: 'x · x',
  documentation: 'Number by number, any shape: `mean(square(a - b))` is the mean squared error.',
  range({ low, high }) {
    const [a, b] = [low * low, high * high];
    return { low: low <= 0 && high >= 0 ? 0 : Math.min(a, b), high: Math.max(a, b) };
  },
  apply: (x) => t.square(x),
});
