import { stageOptions } from '../../3-check/block-options.ts';
import { argumentItem } from '../definition-page.ts';
import type { Word } from './word.ts';

export const stage: Word = {
  kind: 'declaration',
  name: 'stage',
  also: stageOptions.map(({ name }) => name),
  is: 'A part of `train`',
  summary: 'a stretch of training with params of its own: progressive growing, curricula',
  example: {
    declarations: `
param size  = 16
param grown = [64]
param new   = [32]

module Grow(x: [H, W, C], filters: int, key: int = 2*H) -> [2*H, 2*W, filters] {
  x -> upsample(2) -> conv2d(filters, kernel: 3) -> leaky_relu(0.2)
}

module Colours(x: [H, W, C], key: int = H) -> [H, W, 3] {
  x -> conv2d(3, kernel: 1) -> tanh
}`,
    generator: `
generator G(z) -> faces.image {
  h = z -> dense(4*4 * 64) -> reshape(4, 4, 64) -> leaky_relu(0.2) -> for f in grown { Grow(f) }
  return h -> Colours
           -> for f in new { upsample(2) -> blend(h -> Grow(f) -> Colours, amount: fade) }
}`,
    train: `
train on faces {
  batch: 16

  stage "4×4"   { size: 4   grown: []    new: []    steps: 10_000 }
  stage "8×8"   { size: 8   grown: []    new: [64]  steps: 20_000  fade: 5_000 }
  stage "16×16" { size: 16  grown: [64]  new: [32]  steps: 20_000  fade: 5_000 }

  real = faces.image
  fake = G(z)

  update D {
    loss: bce(D(real), 1) + bce(D(fake), 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(fake), 1)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`,
  },
  around: {
    data: `
data faces from folder("data/faces") {
  image: [size, size, 3] in [-1, 1]
}`,
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(16, kernel: 3) -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
  },
  text: () => [
    TEXT,
    '## Growing',
    GROWING,
    '## Options',
    `* any param of the spec, by its name\n${stageOptions.map(argumentItem).join('\n')}`,
    PAPER,
  ],
};

const TEXT = `
The stages are trained in the order written, each for its \`steps\`; \`train\` has no \`steps\` then. In each the spec is compiled
with the values that it gives to params, so whatever a param reaches can change: sizes, layers, the batch, learning rates. Data is
read at the size of the stage. A stage that leaves a param out has the value written at the param; \`--set\` changes that.

At the change of stages everything goes on whose path and shape are the same in both: weights, what the optimizer keeps for them,
averaged copies, numbers of \`state\`. What is new is drawn, and counted by Adam from its own first update; what has no place is
left behind. \`ganc train\` says how much of each. Schedules count the steps of the whole training, but \`fade\` goes from 0 to 1
in the first \`fade:\` steps of each stage.

\`ganc check\` looks at every stage before any of them is trained, and \`ganc train\` opens the data of all. \`ganc inspect\`
lists them; it, \`ganc build\` and \`ganc expand\` take \`--stage NAME\`. A checkpoint is resumed and sampled in the stage that it
was written in; more steps than the stages have (\`--steps\`) are steps of the last one.
`;

const GROWING = `
A list with nothing in it makes \`for\` do nothing: that is how a block is there in some stages only.

Weights have their path from where they stand, and the second \`Colours\` of a network would be \`colours.2\` in one stage and
\`colours\` in the next. A module with an input \`key\`, a number or a word, has its path from that instead, wherever in the
network it is used: \`G/colours[8]\`, \`G/grow[8]\`. Here the key is the size of the image, which is what a block keeps while
others come before and behind it.
`;

const PAPER = `Karras, Aila, Laine & Lehtinen, *Progressive Growing of GANs for Improved Quality, Stability, and Variation*, 2018; Bengio,
Louradour, Collobert & Weston, *Curriculum Learning*, 2009.`;
