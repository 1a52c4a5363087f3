import { overArgument } from './over.ts';
import type { Schedule } from './schedule.ts';

export const cyclic: Schedule = {
  name: 'cyclic',
  summary: 'up and down between two values, again and again',
  documentation: `
\`cyclic(low: 1e-4, high: 4e-4, over: 2_000)\` rises evenly from \`low\` to \`high\` in 1,000 steps, falls back in the next 1,000, and goes
on like that for ever. Whoever samples or keeps a checkpoint at the end of a cycle has it where steps were smallest.

Smith, *Cyclical Learning Rates for Training Neural Networks*, 2017, whose triangular policy it is.
`,
  arguments: [
    { name: 'low', kind: 'number', summary: 'the value at the beginning and the end of each cycle' },
    { name: 'high', kind: 'number', summary: 'the value in the middle of it' },
    { ...overArgument, summary: 'steps of a whole cycle', min: 2 },
  ],
  value(args, step) {
    const [low, high, over] = [args.number('low'), args.number('high'), args.int('over')];
    const way = (step % over) / over;
    return low + (high - low) * (1 - Math.abs(2 * way - 1));
  },
  end: () => null,
};
