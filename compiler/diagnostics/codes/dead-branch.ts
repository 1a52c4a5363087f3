import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const train = (loss: string) => `
train on faces {
  batch: 16
  steps: 10_000
  y    = faces.class
  real = faces.image
  fake = G(z, y)
  update D {
    loss: ${loss}
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(fake, y).score, 1)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`;

const parts = {
  data: `
data faces from folder("data/faces") {
  image: [16, 16, 3] in [-1, 1]
  class: label(10)
}`,
  generator: `
generator G(z, y: faces.class) -> faces.image {
  concat(z, y -> embed(8)) -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
  discriminator: `
discriminator D(x: faces.image, y: faces.class) -> (score: [1], match: [1]) {
  h = x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten
  return (score: h -> dense(1), match: dot(h -> dense(8), y -> embed(8)))
}`,
};

export const deadBranch = defineDiagnostic<{
  readonly network: string;
  /** The output that goes nowhere. */
  readonly output: string;
}>({
  code: 'dead-branch',
  severity: 'warning',
  number: 7,
  title: 'A flow whose result reaches no loss',
  message: ({ network, output }) => `${network}'s output \`${output}\` reaches no loss`,
  label: () => 'computed, then dropped',
  notes: () => ['Weights that only this branch uses would never change.'],
  help: ({ network, output }) => `use ${network}(…).${output} in a loss, or remove the output`,
  explanation: `
A network has several outputs and one of them is used by no loss. The layers that make it are left out of
training: their weights keep the random values that they began with. An auxiliary classifier that no loss asks
(AC-GAN) is the usual case: the classes are declared, drawn and passed around, and never learnt.

**What to do.** Add a loss for that output, or remove it.

Odena, Olah & Shlens, *Conditional Image Synthesis with Auxiliary Classifier GANs*, 2016.
`,
  bad: exampleSpec({ ...parts, train: train('bce(D(real, y).score, 1) + bce(D(fake, y).score, 0)') }),
  good: exampleSpec({
    ...parts,
    train: train('bce(D(real, y).score, 1) + bce(D(fake, y).score, 0) + bce(D(real, y).match, 1)'),
  }),
});
