import { Arguments } from '../arguments/arguments.ts';
import * as t from '../tensor/index.ts';
import type { Constraint } from './constraint.ts';

export const equalized: Constraint = {
  name: 'equalized',
  summary: 'multiplies a kernel by He’s constant whenever it is used, so that all weights learn at one speed',
  documentation: `
The kernel is drawn from the standard normal distribution, unless the layer says \`init\`, and used as W · gain / √(fan in). Adam
moves every weight by about the same amount; here that is the same in proportion to what a layer needs, whatever its size.

\`gain\` is √2 for layers before a relu or leaky_relu; take \`equalized(gain: 1)\` for the last layer, and where activations are
enlarged by √2 instead, as in StyleGAN2. A mapping network that learns a hundred times slower is \`dense(512, weights: equalized,
lr: 0.01)\`.

Karras, Aila, Laine & Lehtinen, *Progressive Growing of GANs*, 2018.
`,
  arguments: [
    { name: 'gain', kind: 'number', summary: 'a factor on the kernel', default: Math.SQRT2, min: 0 },
  ],
  initial: { name: 'normal', arguments: new Arguments(new Map()) },
  state: () => [],
  apply({ weight, outputAxis, args }) {
    const fanIn = t.sizeOf(weight.shape) / weight.shape[outputAxis]!;
    return t.mul(weight, args.number('gain') / Math.sqrt(fanIn));
  },
};
