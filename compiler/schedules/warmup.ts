import { overArgument, progress } from './over.ts';
import type { Schedule } from './schedule.ts';

export const warmup: Schedule = {
  name: 'warmup',
  summary: 'rises evenly from near 0 to a value, and stays there',
  documentation: `
\`warmup(to: 2e-4, over: 1_000)\` is to · (step + 1) / over in the first 1,000 steps, so that not even the first step is lost.
Large batches and attention layers need it while Adam's averages settle.

Goyal et al., *Accurate, Large Minibatch SGD*, 2017.
`,
  arguments: [{ name: 'to', kind: 'number', summary: 'the value once warm' }, overArgument],
  value: (args, step) => args.number('to') * progress(args, step + 1),
  end: (args) => args.int('over') - 1,
};
