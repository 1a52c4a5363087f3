import { exactly } from '../3-check/interval.ts';
import type { Distribution } from './distribution.ts';

export const constant: Distribution = {
  name: 'constant',
  summary: 'the same number everywhere',
  documentation: 'An initialiser: `init: constant(0.1)`.',
  arguments: [{ name: 'value', kind: 'number', summary: 'the number' }],
  range: (args) => exactly(args.number('value')),
  draw: ({ shape, args, fill }) => fill(args.number('value'), shape),
};
