import * as t from '../tensor/index.ts';
import type { Distribution } from './distribution.ts';
import { meanArgument, sizeArgument, stdArgument } from './latent-arguments.ts';
import { scaled } from './normal.ts';

/** Each draw is used where all before it fell outside; 0.0455 ** 5 is 2 in ten million. */
const DRAWS = 5;
const CUT = 2;

export const truncatedNormal: Distribution = {
  name: 'truncated_normal',
  summary: 'the bell curve without its tails: nothing further than 2 standard deviations from the mean',
  documentation: `
A number further than 2 \`std\` from \`mean\` is drawn again. What comes out has a standard deviation of 0.88 \`std\`. After four
such misses in a row, which happens twice in ten million, the fifth is cut off.

As a latent it trades variety for quality (Brock, Donahue & Simonyan, *Large Scale GAN Training*, 2019: the truncation trick).
`,
  arguments: [sizeArgument, meanArgument, stdArgument],
  range(args) {
    const [mean, reach] = [args.number('mean'), CUT * args.number('std')];
    return { low: mean - reach, high: mean + reach };
  },
  draw({ shape, args, normal }) {
    const draws = Array.from({ length: DRAWS }, () => normal(shape));
    const kept = draws.reduceRight((later, draw) => t.select(t.greater(t.abs(draw), CUT), later, draw));
    return scaled(t.clip(kept, -CUT, CUT), args.number('mean'), args.number('std'));
  },
};
