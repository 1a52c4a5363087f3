import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const conditional = (input: string, ports: string, call: string) =>
  exampleSpec({
    latent: ports.includes('z') ? 'latent z: normal(8)' : '',
    data: `
data faces from folder("data/faces") {
  image: [16, 16, 3] in [-1, 1]
  class: label(10)
}`,
    generator: `
generator G(${ports}) -> faces.image {
  ${input} -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
    discriminator: `
discriminator D(x: faces.image, y: faces.class) -> [1] {
  h = x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten
  return (h -> dense(1)) + dot(h -> dense(8), y -> embed(8))
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000
  y    = faces.class
  fake = ${call}
  update D {
    loss: bce(D(faces.image, y), 1) + bce(D(fake, y), 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(fake, y), 1)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`,
  });

export const noRandomness = defineDiagnostic<{ readonly network: string }>({
  code: 'no-randomness',
  severity: 'info',
  number: 35,
  title: 'A generator without chance',
  message: ({ network }) => `${network} makes the same picture for a class every time`,
  label: () => 'no latent, no dropout',
  help: () => 'give it a latent: latent z: normal(128)',
  explanation: `
The generator gets neither a latent nor noise from dropout, so one input gives one output: ten classes, ten pictures.
It is silent for generators that are given a picture, as in pix2pix: there the input is different every time.

**What to do.** Declare a latent and join it to the condition: \`concat(z, y -> embed(64))\`.
`,
  bad: conditional('y -> embed(8)', 'y: faces.class', 'G(y)'),
  good: conditional('concat(z, y -> embed(8))', 'z, y: faces.class', 'G(z, y)'),
});
