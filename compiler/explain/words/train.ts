import { trainOptions } from '../../3-check/block-options.ts';
import { argumentItem } from '../definition-page.ts';
import type { Word } from './word.ts';

export const train: Word = {
  kind: 'declaration',
  name: 'train',
  also: ['on', ...trainOptions.map(({ name }) => name)],
  is: 'A declaration',
  summary: 'what a step of training is: on which data, which networks move, and by which losses',
  example: {
    train: `
train on faces {
  batch: 16
  steps: 10_000
  init:  normal(std: 0.02)

  real = faces.image + linear(from: 0.1, to: 0, over: 5_000) * normal
  fake = G(z)

  update D {
    loss: bce(D(real), 0.9) + bce(D(fake), 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(fake), 1)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
    ema: 0.999
  }
}`,
  },
  text: () => [TEXT, '## Options', trainOptions.map(argumentItem).join('\n'), ELSE],
};

const TEXT = `
A spec has one such block. A step is each \`update\`, in the order written, each so many \`times\` as it says. \`fake = G(z)\`
names a formula for all of them, not numbers: each update draws a batch and latents of its own and passes through the networks
with the weights that are theirs by then. An update calculates only what its loss rests on.

\`train on horses, zebras\` draws from two sets that do not belong together. A step shows \`batch\` examples to each update, which
may have a \`batch\` of its own. Data begins again when all of it has been seen; a step is no epoch.
`;

const ELSE = `
Beside options and names it holds \`update\`, \`state\` and \`stage\`, each with a page of its own.
`;
