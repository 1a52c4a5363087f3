import * as t from '../tensor/index.ts';
import { defineReduction } from './reduction.ts';

export const mean = defineReduction({
  name: 'mean',
  summary: 'the mean of all numbers of a batch',
  documentation:
    'One number: the mean over examples, places and channels. Losses end in it: `-mean(D(fake))`.',
  range: (x) => x,
  apply: (x) => t.mean(x),
});
