import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const data = `
data faces from folder("data/faces") {
  image: [16, 16, 3] in [-1, 1]
  class: label(10)
}`;
const generator = `
generator G(z, y: faces.class) -> faces.image {
  concat(z, y -> embed(8)) -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`;
const train = (real: string, fake: string) => `
train on faces {
  batch: 16
  steps: 10_000
  y    = faces.class
  real = faces.image
  fake = G(z, y)
  update D {
    loss: bce(${real}, 1) + bce(${fake}, 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(${fake}, 1)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`;

export const conditionMissing = defineDiagnostic<
  {
    /** The network that is told. */
    readonly told: string;
    /** The network that is not. */
    readonly untold: string;
    readonly role: 'generator told' | 'discriminator told';
    /** What it is told: `y`, `faces.class`. */
    readonly condition: string;
  },
  'told'
>({
  code: 'condition-missing',
  severity: 'warning',
  number: 31,
  title: 'Labels that only one of the two players sees',
  message: ({ told, untold, condition }) => `${told} is told ${condition}, but ${untold} never is`,
  label: ({ untold }) => `${untold} is not told`,
  labels: { told: ({ told, condition }) => `${told} is told ${condition} here` },
  notes: ({ told, untold, role }) => [
    role === 'generator told'
      ? `${untold} cannot notice a wrong class, so ${told} learns to ignore it.`
      : `${untold} cannot know which class ${told} expects, so most of its pictures are judged wrong.`,
  ],
  help: ({ untold, condition }) => `give ${untold} an input for ${condition}`,
  explanation: `
The classes are given to one of the players only. A generator that is told "make a 7" and judged by a discriminator
that only asks "is this a digit?" has no reason to make a 7: after training, every class gives the same mixture. The
other way round, a discriminator that knows the class rejects most of what a generator makes that does not.

**What to do.** Give both the label, or add an output to the discriminator that guesses it (AC-GAN) and a loss for
that output.

Mirza & Osindero, *Conditional Generative Adversarial Nets*, 2014. Odena, Olah & Shlens, *Conditional Image Synthesis
with Auxiliary Classifier GANs*, 2016.
`,
  bad: exampleSpec({ data, generator, train: train('D(real)', 'D(fake)') }),
  good: exampleSpec({
    data,
    generator,
    discriminator: `
discriminator D(x: faces.image, y: faces.class) -> [1] {
  h = x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten
  return (h -> dense(1)) + dot(h -> dense(8), y -> embed(8))
}`,
    train: train('D(real, y)', 'D(fake, y)'),
  }),
});
