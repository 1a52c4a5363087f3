import { exactly } from '../3-check/interval.ts';
import type { Distribution } from './distribution.ts';

export const ones: Distribution = {
  name: 'ones',
  summary: '1 everywhere',
  documentation: 'An initialiser, for scales.',
  arguments: [],
  range: () => exactly(1),
  draw: ({ shape, fill }) => fill(1, shape),
};
