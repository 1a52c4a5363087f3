import { UNBOUNDED } from '../3-check/interval.ts';
import * as t from '../tensor/index.ts';
import type { Distribution } from './distribution.ts';
import { meanArgument, sizeArgument, stdArgument } from './latent-arguments.ts';

export const normal: Distribution = {
  name: 'normal',
  summary: 'the bell curve: mean + std · a standard normal number',
  documentation: `
\`latent z: normal(100)\` draws 100 numbers per example with mean 0 and standard deviation 1. As noise, \`real + normal(std: 0.1)\` or
\`real + linear(from: 0.1, to: 0, over: 10_000) * normal\`, it takes the shape of what it is added to; as an initialiser, \`init:
normal(std: 0.02)\` (DCGAN), that of the weight.
`,
  arguments: [sizeArgument, meanArgument, stdArgument],
  range: () => UNBOUNDED,
  draw: ({ shape, args, normal: draw }) => scaled(draw(shape), args.number('mean'), args.number('std')),
};

/** mean + std · x, without the steps that change nothing. */
export function scaled(x: t.Value, mean: number, std: number): t.Value {
  const wide = std === 1 ? x : t.mul(x, std);
  return mean === 0 ? wide : t.add(wide, mean);
}
