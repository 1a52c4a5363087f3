import { updateOptions } from '../../3-check/block-options.ts';
import { exampleTrain } from '../../diagnostics/example-spec.ts';
import { optimizers } from '../../optimizers/index.ts';
import { argumentItem } from '../definition-page.ts';
import type { Word } from './word.ts';

export const update: Word = {
  kind: 'declaration',
  name: 'update',
  also: ['optimizer', ...updateOptions.map(({ name }) => name)],
  is: 'A part of `train`',
  summary: 'one step of training: which networks move, along the slope of which loss, and how',
  example: { train: exampleTrain({ G: { unroll: 5 } }) },
  text: () => [
    TEXT,
    '## Looking ahead',
    UNROLL,
    '## Options',
    [
      '* `loss`: one number, which is made smaller (required)',
      `* \`optimizer\`: ${optimizers.map(({ name }) => `\`${name}\``).join(', ')} (required)`,
      ...updateOptions.map(argumentItem),
    ].join('\n'),
    PAPER,
  ],
};

const TEXT = `
\`update G\` changes the weights of G and nothing else; whatever else its loss passes through is constant. \`update E, G\` moves
two networks by one loss. Updates run in the order written, each with data and latents of its own; with \`draw: shared\` in
\`train\` all of a step have one draw, and every slope is taken before any weight moves. With \`batch: 128\` an update is shown
another number of examples than the rest, of data and latents alike: that of G in WGAN-GP has twice as many as that of D.
`;

const UNROLL = `
With \`unroll: 5\` the loss is taken where the other networks that it passes through will be after five more steps of their own
updates, and its gradient passes through those steps: a generator sees how the discriminator will answer, and does not run after
the one of this moment. Every step is that of the update as it is written, with its optimizer and what that keeps, its penalties
and its bounds. Then the steps are forgotten: the discriminator itself moves only by its own update.

The steps all look at one draw, that of the update: one batch, one set of latents, one mask of each dropout. Only weights and
slots of optimizers move in them; moving statistics, the vectors of \`spectral_norm\` and numbers of \`state\` stay as they are.
Networks that the update trains itself stand still, too. Each step is a way through the other networks and back, and later one
back through both; until then everything on it is kept in memory. \`ganc inspect\` says how much that is. The figure shown as
\`loss G\` is the loss after the steps.
`;

const PAPER = 'Metz, Poole, Pfau & Sohl-Dickstein, *Unrolled Generative Adversarial Networks*, 2017.';
