import { fromArgument, overArgument, progress } from './over.ts';
import type { Schedule } from './schedule.ts';

export const cosine: Schedule = {
  name: 'cosine',
  summary: 'half a wave from one value to another: slow, fast, slow',
  documentation: `
\`cosine(from: 2e-4, over: 50_000)\` is to + (from − to) · (1 + cos(π · step / over)) / 2, and stays at \`to\` after that.

Loshchilov & Hutter, *SGDR: Stochastic Gradient Descent with Warm Restarts*, 2017.
`,
  arguments: [
    fromArgument,
    { name: 'to', kind: 'number', summary: 'the value from the last of these steps on', default: 0 },
    overArgument,
  ],
  value(args, step) {
    const [from, to, done] = [args.number('from'), args.number('to'), progress(args, step)];
    return done === 1 ? to : to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * done));
  },
  end: (args) => args.int('over'),
};
