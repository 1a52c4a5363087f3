import type { Schedule } from './schedule.ts';

export const constant: Schedule = {
  name: 'constant',
  summary: 'the same number at every step',
  documentation: '`constant(2e-4)` is 2e-4 throughout, as is the bare number 2e-4.',
  arguments: [{ name: 'value', kind: 'number', summary: 'the number' }],
  value: (args) => args.number('value'),
  end: () => 0,
};
