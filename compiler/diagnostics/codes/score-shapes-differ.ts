import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { type Shown, shapeText } from '../wording.ts';

const parts = {
  discriminator: `
discriminator D(x: faces.image) -> [8, 8, 1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> conv2d(1, kernel: 3)
}

discriminator Whole(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
};

const train = (loss: string) => `
train on faces {
  batch: 16
  steps: 10_000
  real = faces.image
  fake = G(z)
  update D, Whole {
    loss: ${loss}
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(fake), 1) + bce(Whole(fake), 1)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`;

export const scoreShapesDiffer = defineDiagnostic<
  { readonly left: readonly Shown[]; readonly right: readonly Shown[] },
  'left' | 'right'
>({
  code: 'score-shapes-differ',
  severity: 'warning',
  number: 24,
  title: 'Scores of different shapes in one comparison',
  message: ({ left, right }) =>
    `this compares scores of ${shapeText(left)} with scores of ${shapeText(right)}`,
  label: () => 'one is stretched to the shape of the other',
  labels: {
    left: ({ left }) => `this is ${shapeText(left)}`,
    right: ({ right }) => `this is ${shapeText(right)}`,
  },
  notes: () => ['Every patch would then be compared with the same single score.'],
  help: () => 'compare means, or give both judges the same kind of score',
  explanation: `
A map of patch scores meets a single score in one expression. By the rules of arithmetic the single one is repeated
for every patch, which is legal, silent and rarely meant: in a relativistic loss every patch of the fake would be
compared with the score of the whole real picture.

**What to do.** Take \`mean\` of each before they meet, or let both come from the same network.
`,
  bad: exampleSpec({
    ...parts,
    train: train('mean(softplus(D(fake) - Whole(real))) + bce(Whole(fake), 0) + bce(D(real), 1)'),
  }),
  good: exampleSpec({
    ...parts,
    train: train('bce(D(real), 1) + bce(D(fake), 0) + bce(Whole(real), 1) + bce(Whole(fake), 0)'),
  }),
});
