import * as t from '../tensor/index.ts';
import { definePairwise } from './pairwise.ts';

export const minimum = definePairwise({
  name: 'minimum',
  summary: 'the smaller of two numbers, place by place',
  documentation: '`minimum(a, b)` of tensors of one shape, or of a tensor and a number: `minimum(x, 1)`.',
  range: (inputs) => ({
    low: Math.min(...inputs.map(({ low }) => low)),
    high: Math.min(...inputs.map(({ high }) => high)),
  }),
  apply: (a, b) => t.minimum(a, b),
});
