import * as t from '../tensor/index.ts';
import { definePairwise } from './pairwise.ts';

export const maximum = definePairwise({
  name: 'maximum',
  summary: 'the larger of two numbers, place by place',
  documentation: '`maximum(a, b)` of tensors of one shape, or of a tensor and a number: `maximum(x, 0)`.',
  range: (inputs) => ({
    low: Math.max(...inputs.map(({ low }) => low)),
    high: Math.max(...inputs.map(({ high }) => high)),
  }),
  apply: (a, b) => t.maximum(a, b),
});
