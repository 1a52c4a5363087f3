import { stateOptions } from '../../3-check/block-options.ts';
import { argumentItem } from '../definition-page.ts';
import type { Word } from './word.ts';

export const state: Word = {
  kind: 'declaration',
  name: 'state',
  also: ['next', ...stateOptions.map(({ name }) => name)],
  is: 'A part of `train`',
  summary: 'a number that training carries along from step to step',
  example: {
    train: `
train on faces {
  batch: 16
  steps: 10_000

  real = faces.image
  fake = G(z)

  state p {
    start: 0
    next:  clip(p + 0.001 * sign(mean(sign(D(real))) - 0.6), 0, 1)
  }

  update D {
    loss: bce(D(real + p * normal), 1) + bce(D(fake + p * normal), 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(fake + p * normal), 1)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`,
  },
  text: () => [
    TEXT,
    '## Options',
    [
      '* `next`: the number after the step, one for the batch (required)',
      ...stateOptions.map(argumentItem),
    ].join('\n'),
    PAPERS,
  ],
};

const TEXT = `
Here noise is added to what D sees, the more of it the surer D is of real pictures. \`next\` may use the number itself, other
states, and all that a loss may: tensors, networks, losses. In losses it is a constant, so no gradient flows into it.

It moves in the first update whose loss rests on it, from what that update sees before its weights move; with \`times: 5\` it
moves five times a step. One that no loss rests on moves in the last update. It is a part of checkpoints, goes on from stage to
stage, and is shown and drawn beside the losses.
`;

const PAPERS = `
Berthelot, Schumm & Metz, *BEGAN: Boundary Equilibrium Generative Adversarial Networks*, 2017; Karras et al., *Training Generative
Adversarial Networks with Limited Data*, 2020.
`;
