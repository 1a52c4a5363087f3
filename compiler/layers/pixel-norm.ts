import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';

export const pixelNorm = defineLayer({
  name: 'pixel_norm',
  summary: 'gives the channels of every place the mean square 1',
  documentation: `
\`x -> x / √(mean of x² over the channels + epsilon)\`, any shape; no weights. In a generator it keeps the two players from driving
each other's signals ever higher, and StyleGAN puts its latents through it first.

Karras, Aila, Laine & Lehtinen, *Progressive Growing of GANs*, 2018.
`,
  inputs: 'one',
  arguments: [
    {
      name: 'epsilon',
      kind: 'number',
      summary: 'added to the mean square, so that nothing is divided by zero',
      default: 1e-8,
      min: 0,
      max: 1,
    },
  ],
  shape: ({ inputs: [x] }) => x!,
  lower({ inputs: [x], args }) {
    const meanSquare = t.mean(t.square(x!), -1, true);
    return t.mul(x!, t.rsqrt(t.add(meanSquare, args.number('epsilon'))));
  },
  examples: [
    { call: 'pixel_norm', inputs: [[2, 2, 3]], output: [2, 2, 3] },
    { call: 'pixel_norm(epsilon: 0.01)', inputs: [[5]], output: [5] },
  ],
});
