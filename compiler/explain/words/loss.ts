import type { Word } from './word.ts';

export const loss: Word = {
  kind: 'declaration',
  name: 'loss',
  is: 'A declaration',
  summary: 'a formula with a name, for what updates make smaller',
  example: {
    declarations: `
loss soft_hinge.critic(real, fake, margin = 1) =
  mean(softplus(margin - real)) + mean(softplus(margin + fake))

loss soft_hinge.generator(fake) = -mean(fake)`,
    train: `
train on faces {
  batch: 16
  steps: 10_000

  real = faces.image
  fake = G(z)

  update D {
    loss: soft_hinge.critic(D(real), D(fake), margin: 0.5) + 5 * r1(D, real)
    optimizer: adam(lr: 2e-4, beta1: 0)
  }
  update G {
    loss: soft_hinge.generator(D(fake))
    optimizer: adam(lr: 2e-4, beta1: 0)
  }
}`,
  },
  text: () => [TEXT],
};

const TEXT = `
Its inputs stand for whatever it is given: tensors, numbers, labels, networks. \`loss wgan(D, real, fake) = mean(D(fake)) -
mean(D(real)) + 10 * gradient_penalty(D(_), real, fake)\` is called as \`wgan(D, real, fake)\`. One with a value after \`=\` may
be left out. The formula sees them, and what the spec declares, and nothing of where it is used. A name may have parts with dots,
so that losses of two players go together.

A loss of an update is one number for the batch. \`mean\` makes one of a map of scores, \`sum\` and \`total\` do, too: \`ganc
explain functions\`. Arithmetic is number by number; a schedule may stand for a number.

The losses that there are, \`ganc explain losses\`, are written in this way, and their pages show how. They are imported like
modules.
`;
