import { Dim } from '../3-check/dim.ts';
import { defineLayer } from '../layers/layer.ts';
import * as t from '../tensor/index.ts';

export const exampleMean = defineLayer({
  name: 'example_mean',
  summary: 'the mean of all numbers of each example',
  documentation: `
Any shape becomes [1]: the mean over places and channels, one number per example. \`example_mean(square(A(x) - x))\` is the energy
that EBGAN gives an example, the error of an autoencoder A.

Zhao, Mathieu & LeCun, *Energy-based Generative Adversarial Network*, 2017.
`,
  inputs: 'one',
  arguments: [],
  shape: () => [Dim.of(1)],
  range: ([x]) => x!,
  lower: ({ inputs: [x] }) => {
    const others = x!.shape.flatMap((_, axis) => (axis === 0 ? [] : [axis]));
    const means = others.length > 0 ? t.mean(x!, others) : x!;
    return t.reshape(means, [x!.shape[0]!, 1]);
  },
  examples: [
    { call: 'example_mean', inputs: [[3]], output: [1] },
    { call: 'example_mean', inputs: [[2, 3, 2]], output: [1] },
    { call: 'example_mean', inputs: [[]], output: [1] },
  ],
});
