import type { Word } from './word.ts';

export const network: Word = {
  kind: 'declaration',
  name: 'network',
  also: ['generator', 'discriminator', 'encoder', 'critic'],
  is: 'A declaration',
  summary:
    '`generator`, `discriminator` or any other `network`: one set of weights, however often it is called',
  example: {
    declarations: `
network Features(x: faces.image) -> [4, 4, 16] {
  x -> for f in [8, 16] { conv2d(f, kernel: 4, stride: 2) -> leaky_relu(0.2) }
}`,
    generator: `
generator G(z) -> faces.image {
  z -> dense(4*4 * 16) -> reshape(4, 4, 16) -> relu
    -> conv2d_transpose(8, kernel: 4, stride: 2) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
    discriminator: `
discriminator D(x: faces.image) -> (score: [1], features: [4, 4, 16]) {
  h = x -> Features
  return (score: h -> flatten -> dense(1), features: h)
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000

  real = D(faces.image)
  fake = D(G(z))

  update D, Features {
    loss: bce(real.score, 1) + bce(fake.score, 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(fake.score, 1) + feature_matching(real.features, fake.features)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`,
  },
  text: () => [TEXT, '## Which of the three', ROLES],
};

const TEXT = `
The sizes of its inputs are known: shapes in numbers and params, fields, latents. An input without a type is the latent of its
name. What it returns must have the shape and lie in the range that the signature says; \`-> faces.image\` says both. The body is
one flow, or named ones and \`return\`; of several results it returns a record, \`D(x).score\`. What works for any size is a
\`module\`.

A network may use others, as here D does. Their weights remain theirs: \`update D\` moves those of D alone, \`update D, Features\`
both. In \`train\` it is called, \`D(real)\`, or stands in a flow, \`real -> D\`.
`;

const ROLES = `
* \`generator\`: makes what is shown. Samples are drawn of every generator, and \`ganc check\` wants to see that it is given
chance, keeps to the range of its data, and is judged.
* \`discriminator\`: judges, be it as a critic, a classifier or an autoencoder. \`ganc check\` looks at what is bad for a judge.
* \`network\`: anything else, such as an encoder, a mapping of latents, a decoder of an inner stage, a projection.
`;
