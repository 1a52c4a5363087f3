import { penalties } from '../../regularizers/index.ts';
import { listOf, type Word } from './word.ts';

/** The page of `_`. */
export const hole: Word = {
  kind: 'form',
  name: '_',
  also: ['hole'],
  is: 'A form of the language',
  summary: 'the place of the input that a penalty varies',
  example: {
    train: `
train on faces {
  batch: 16
  steps: 10_000

  real = faces.image
  fake = G(z)

  update D {
    loss: wasserstein.critic(D(real), D(fake)) + 10 * gradient_penalty(D(_), real, fake)
    optimizer: adam(lr: 1e-4, beta1: 0, beta2: 0.9)
    times: 5
  }
  update G {
    loss: wasserstein.generator(D(fake))
    optimizer: adam(lr: 1e-4, beta1: 0, beta2: 0.9)
  }
}`,
  },
  text: () => [TEXT, '## Penalties', listOf(penalties.filter(({ looksAt }) => looksAt !== 'weights'))],
};

const TEXT = `
A penalty asks a network for its answer at other points than those of the loss: between real and fake, or for its slope at real
ones. So it is given no answer but the question, \`D(_)\`, with \`_\` where those points go in: \`D(_, y)\` of a conditional
judge, \`D(_).score\` of one with several results. \`D\` alone means \`D(_)\`. Other inputs stay as they are.

It stands only as an argument of a call, within the first argument of a penalty. \`gradient(D(_), x)\` is the slope itself, for
penalties that have no word of their own.
`;
