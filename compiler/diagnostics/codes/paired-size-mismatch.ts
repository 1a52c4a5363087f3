import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { type Shown, shapeText, timesText } from '../wording.ts';

const pairs = (size: number, first: string) =>
  exampleSpec({
    latent: '',
    data: `
data pairs from paired("data/sketch", "data/photo") {
  sketch: [${size}, ${size}, 3] in [-1, 1]
  photo:  [16, 16, 3] in [-1, 1]
}`,
    generator: `
generator G(sketch: pairs.sketch) -> pairs.photo {
  sketch -> ${first} -> relu -> conv2d(3, kernel: 3) -> tanh
}`,
    discriminator: `
discriminator D(photo: pairs.photo) -> [8, 8, 1] {
  photo -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> conv2d(1, kernel: 3)
}`,
    train: `
train on pairs {
  batch: 4
  steps: 10_000
  fake = G(pairs.sketch)
  update D {
    loss: bce(D(pairs.photo), 1) + bce(D(fake), 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(fake), 1) + 100 * l1(fake, pairs.photo)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`,
  });

export const pairedSizeMismatch = defineDiagnostic<
  {
    readonly first: string;
    readonly firstShape: readonly Shown[];
    readonly second: string;
    readonly secondShape: readonly Shown[];
  },
  'first'
>({
  code: 'paired-size-mismatch',
  severity: 'error',
  number: 34,
  title: 'Two halves of a pair with different sizes',
  message: ({ first, firstShape, second, secondShape }) =>
    `${first} is ${timesText(firstShape.slice(0, 2))}, but its partner ${second} is ${timesText(secondShape.slice(0, 2))}`,
  label: ({ secondShape }) => `this is ${shapeText(secondShape)}`,
  labels: { first: ({ firstShape }) => `this is ${shapeText(firstShape)}` },
  help: ({ firstShape, secondShape }) =>
    `declare both as ${timesText(firstShape.slice(0, 2))}, or both as ${timesText(secondShape.slice(0, 2))}`,
  explanation: `
The two pictures of a pair show the same thing, place by place: the sketch is cropped and mirrored exactly as its photo
is. With different sizes they would not lie on top of each other any more.

**What to do.** Declare the same height and width for both; files of other sizes are resized as they are read. For
super-resolution read one picture and shrink it inside the spec: \`small = photos.image -> avg_pool(4)\`.
`,
  bad: pairs(32, 'conv2d(8, kernel: 4, stride: 2)'),
  good: pairs(16, 'conv2d(8, kernel: 3)'),
});
