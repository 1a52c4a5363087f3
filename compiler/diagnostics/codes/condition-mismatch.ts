import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const sketches = (judged: string) =>
  exampleSpec({
    latent: '',
    data: `
data pairs from paired("data/sketch", "data/photo") {
  sketch: [16, 16, 3] in [-1, 1]
  photo:  [16, 16, 3] in [-1, 1]
}`,
    generator: `
generator G(sketch: pairs.sketch) -> pairs.photo {
  sketch -> conv2d(8, kernel: 3) -> relu -> conv2d(3, kernel: 3) -> tanh
}`,
    discriminator: `
discriminator D(sketch: pairs.sketch, photo: pairs.photo) -> [8, 8, 1] {
  concat(sketch, photo) -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> conv2d(1, kernel: 3)
}`,
    train: `
train on pairs {
  batch: 4
  steps: 10_000
  fake = G(pairs.sketch)
  update D {
    loss: bce(D(pairs.sketch, pairs.photo), 1) + bce(D(pairs.sketch, fake), 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(${judged}, fake), 1) + 100 * l1(fake, pairs.photo)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`,
  });

export const conditionMismatch = defineDiagnostic<
  {
    readonly judge: string;
    readonly maker: string;
    /** As written: `y`. */
    readonly madeWith: string;
    /** As written: `shuffle(y)`. */
    readonly judgedWith: string;
    /** What kind of condition it is. */
    readonly condition: 'labels' | 'picture';
  },
  'made'
>({
  code: 'condition-mismatch',
  severity: 'error',
  number: 32,
  title: 'A fake that is judged by another condition than it was made with',
  message: ({ judge, maker, condition }) =>
    condition === 'labels'
      ? `${judge} judges the fake with different labels than ${maker} used`
      : `${judge} judges the fake beside another picture than ${maker} was given`,
  label: ({ judgedWith }) => `judged with ${judgedWith}`,
  labels: { made: ({ madeWith }) => `made with ${madeWith}` },
  notes: ({ maker, judge }) => [`${maker} could never satisfy ${judge}, whatever it draws.`],
  help: ({ madeWith }) => `pass ${madeWith}`,
  explanation: `
The generator made its fake for one condition (a class, a sketch), and the discriminator judges it beside another
one. Whatever the generator makes, it does not belong together with what the discriminator sees, so it can never be
right.

**What to do.** Pass the discriminator the very value that the generator was given. Each update draws once: within an
update, \`cifar.class\` written twice is one and the same batch of labels.

Mirza & Osindero, *Conditional Generative Adversarial Nets*, 2014.
`,
  bad: sketches('pairs.photo'),
  good: sketches('pairs.sketch'),
});
