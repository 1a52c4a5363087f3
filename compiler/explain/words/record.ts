import type { Word } from './word.ts';

export const record: Word = {
  kind: 'form',
  name: 'record',
  also: ['output', 'outputs'],
  is: 'A form of the language, written `(score: …, features: …)`',
  summary: 'several results of one network or module, by their names',
  example: {
    discriminator: `
discriminator D(x: faces.image) -> (score: [1], features: [64]) {
  h = x -> for f in [8, 16] { conv2d(f, kernel: 4, stride: 2) -> leaky_relu(0.2) }
        -> flatten -> dense(64) -> leaky_relu(0.2)
  return (score: h -> dense(1), features: h)
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000

  real = D(faces.image)
  fake = D(G(z))

  update D {
    loss: bce(real.score, 1) + bce(fake.score, 0) + 5 * r1(D(_).score, faces.image)
    optimizer: adam(lr: 2e-4, beta1: 0)
  }
  update G {
    loss: bce(fake.score, 1) + feature_matching(real.features, fake.features)
    optimizer: adam(lr: 2e-4, beta1: 0)
  }
}`,
  },
  text: () => [TEXT],
};

const TEXT = `
\`D(x).score\`, or \`real.score\` where \`real = D(x)\`, is one of them; all come of one pass. In a flow it is \`x -> D.score\`.

What is done to a record is done to each of its results: \`D(real) - D(fake)\` is one of differences, \`l1(D(real), D(fake))\` one
of numbers, and \`total\` adds such numbers up, as the loss of several judges or of a pyramid of features:
\`total(hinge.critic(D(real), D(fake)))\`. A list beside it has a number for each: \`total([1, 0.5] * l1(a, b))\`.
`;
