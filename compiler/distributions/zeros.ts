import { exactly } from '../3-check/interval.ts';
import type { Distribution } from './distribution.ts';

export const zeros: Distribution = {
  name: 'zeros',
  summary: '0 everywhere',
  documentation: 'An initialiser, for the last layer of a residual branch that is to begin as nothing.',
  arguments: [],
  range: () => exactly(0),
  draw: ({ shape, fill }) => fill(0, shape),
};
