import { fromArgument, overArgument } from './over.ts';
import type { Schedule } from './schedule.ts';

export const exponential: Schedule = {
  name: 'exponential',
  summary: 'multiplied by the same factor in every stretch of steps',
  documentation:
    '`exponential(from: 2e-4, factor: 0.5, over: 10_000)` halves every 10,000 steps, smoothly and for ever.',
  arguments: [
    fromArgument,
    { name: 'factor', kind: 'number', summary: 'by what it is multiplied in each stretch', min: 0 },
    overArgument,
  ],
  value: (args, step) => args.number('from') * args.number('factor') ** (step / args.int('over')),
  end: () => null,
};
