import { exampleTrain } from '../../diagnostics/example-spec.ts';
import { distributions } from '../../distributions/index.ts';
import { listOf, type Word } from './word.ts';

export const latent: Word = {
  kind: 'declaration',
  name: 'latent',
  is: 'A declaration',
  summary: 'random numbers that a generator is given, drawn anew for every example',
  example: {
    latent: `
latent z: normal(8)

latent c: categorical(4)`,
    generator: `
generator G(z, code: c) -> faces.image {
  h = concat(z, code) -> dense(4*4 * 16) -> reshape(4, 4, 16) -> relu
  return h -> conv2d_transpose(8, kernel: 4, stride: 2) -> relu
           -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
  },
  around: { train: exampleTrain().replace('G(z)', 'G(z, c)') },
  text: () => [
    TEXT,
    '## Distributions',
    listOf(distributions.filter((one) => one.arguments.some(({ name }) => name === 'size'))),
  ],
};

const TEXT = `
\`normal(100)\` is a vector of 100 numbers, \`normal([4, 4, 8])\` a map. An input of a network without a type is the latent of its
name; \`code: c\` is one under another name. A network sees a latent only as an input.

In \`train\` the name is this update's draw: the same wherever the update uses it, another in the next update and the next step.
With \`draw: shared\` the updates of a step share one. Two draws at once are two latents, \`z\` and \`z2\`. Noise that goes into a
tensor needs none: \`real + normal(std: 0.1)\` takes the shape of \`real\`.

What is drawn follows from \`--seed\`. Samples are made from draws of their own.
`;
