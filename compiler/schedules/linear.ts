import { fromArgument, overArgument, progress } from './over.ts';
import type { Schedule } from './schedule.ts';

export const linear: Schedule = {
  name: 'linear',
  summary: 'a straight line from one value to another',
  documentation: '`linear(from: 2e-4, to: 0, over: 100_000)` falls evenly, and stays at `to` after that.',
  arguments: [
    fromArgument,
    { name: 'to', kind: 'number', summary: 'the value from the last of these steps on' },
    overArgument,
  ],
  value(args, step) {
    const [from, to, done] = [args.number('from'), args.number('to'), progress(args, step)];
    return done === 1 ? to : from + (to - from) * done;
  },
  end: (args) => args.int('over'),
};
