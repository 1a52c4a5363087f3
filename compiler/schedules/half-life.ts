import { overArgument, progress } from './over.ts';
import type { Schedule } from './schedule.ts';

export const halfLife: Schedule = {
  name: 'half_life',
  summary: 'the decay of an average that forgets half in so many images',
  documentation: `
\`ema: half_life(10_000, batch: 64)\` averages weights so that after 10,000 images half of what was is forgotten: the decay is
0.5^(batch / images), here 0.9956. With \`ramp: 0.05\` the half-life is at most that share of the images seen so far, so that the
first weights, which are noise, are soon gone. With \`over: 40_000\` the half-life rises from 0 in so many steps, along half a wave:
slow, fast, slow.

Karras et al., *A Style-Based Generator Architecture for Generative Adversarial Networks*, 2019 (10,000 images); Karras et al.,
*Training Generative Adversarial Networks with Limited Data*, 2020, whose code has the ramp of 0.05; Huang et al., *The GAN is dead;
long live the GAN! A Modern GAN Baseline*, 2024, whose code lets it rise.
`,
  arguments: [
    { name: 'images', kind: 'number', summary: 'in how many images half is forgotten', min: 1 },
    { name: 'batch', kind: 'int', summary: 'images per step', min: 1 },
    {
      name: 'ramp',
      kind: 'number',
      summary: 'the share of the images seen so far that the half-life is at most; none: no such bound',
      default: null,
      min: 0,
    },
    {
      ...overArgument,
      summary: 'in how many steps the half-life rises from 0; none: it does not',
      default: null,
    },
  ],
  value(args, step) {
    const [images, batch] = [args.number('images'), args.int('batch')];
    const seen = step * batch;
    const bound = args.has('ramp') ? seen * args.number('ramp') : Infinity;
    const risen = args.has('over') ? (1 - Math.cos(Math.PI * progress(args, step))) / 2 : 1;
    const half = Math.min(images * risen, bound);
    return half === 0 ? 0 : 0.5 ** (batch / half);
  },
  end(args) {
    const ramp = args.has('ramp') ? args.number('ramp') : Infinity;
    const unbound = ramp === 0 ? 0 : Math.ceil(args.number('images') / (args.int('batch') * ramp));
    return args.has('over') ? Math.max(unbound, args.int('over')) : unbound;
  },
};
