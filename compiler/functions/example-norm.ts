import { Dim } from '../3-check/dim.ts';
import { defineLayer } from '../layers/layer.ts';
import * as t from '../tensor/index.ts';

/** Inside the root, where its slope would otherwise be infinite at zero. */
const TINY = 1e-12;

export const exampleNorm = defineLayer({
  name: 'example_norm',
  summary: 'the length of all numbers of each example: √Σ x²',
  documentation: `
Any shape becomes [1]: the Euclidean norm over places and channels, one number per example. With \`gradient\` it makes penalties that
have no word of their own: \`10 * mean(square(maximum(0, example_norm(gradient(D(_), x)) - 1)))\` is WGAN-LP's, which asks for a
slope of 1 at most.

Petzka, Fischer & Lukovnikov, *On the Regularization of Wasserstein GANs*, 2018.
`,
  inputs: 'one',
  arguments: [],
  shape: () => [Dim.of(1)],
  range: () => ({ low: 0, high: Infinity }),
  lower: ({ inputs: [x] }) => {
    const others = x!.shape.flatMap((_, axis) => (axis === 0 ? [] : [axis]));
    const squares = others.length > 0 ? t.sum(t.square(x!), others) : t.square(x!);
    return t.reshape(t.sqrt(t.add(squares, TINY)), [x!.shape[0]!, 1]);
  },
  examples: [
    { call: 'example_norm', inputs: [[3]], output: [1] },
    { call: 'example_norm', inputs: [[2, 3, 2]], output: [1] },
    { call: 'example_norm', inputs: [[]], output: [1] },
  ],
});
