import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { type Shown, shapeText } from '../wording.ts';

export const inputShapeMismatch = defineDiagnostic<
  {
    /** The network or module that is used: `D`. */
    readonly network: string;
    /** Its input: `x`. */
    readonly port: string;
    readonly wanted: readonly Shown[];
    /** The value that is passed, as written: `fake`; null for what flows in from the left. */
    readonly value: string | null;
    readonly given: readonly Shown[];
    /** Of a pretrained network: the layer that shows it, and why, as a clause: `fc1 has a kernel of …`. */
    readonly layer?: string;
  },
  'port'
>({
  code: 'input-shape-mismatch',
  severity: 'error',
  number: 13,
  title: 'A network that is given a shape it was not declared for',
  message: ({ network, port, wanted, value, given }) =>
    `${network} takes ${shapeText(wanted)} as ${port}, but ${value ?? 'what arrives'} is ${shapeText(given)}`,
  label: ({ given }) => `${shapeText(given)} arrives here`,
  labels: { port: ({ port, wanted }) => `${port} is ${shapeText(wanted)}` },
  notes: ({ layer }) => (layer ? [`Its layer ${layer}.`] : []),
  help({ wanted, given, network, layer }) {
    const isGrey = wanted.length === 3 && String(wanted[2]) === '3' && String(given[2]) === '1';
    if (layer && isGrey) return 'make three channels of one: concat(x, x, x)';
    if (layer) return `bring it to ${shapeText(wanted)} first, or take \`layers\` that come before that one`;
    if (wanted.length === given.length && wanted.length > 1) {
      return `bring it to ${shapeText(wanted)} first, or declare ${network} for ${shapeText(given)}`;
    }
    if (given.length === 1 && wanted.length > 1) {
      return `make a map of the numbers first: dense(${wanted.join(' * ')}) -> reshape(${wanted.join(', ')})`;
    }
    return `declare the input of ${network} as ${shapeText(given)}`;
  },
  explanation: `
A network has one set of weights, made for the shapes in its signature, and is given another shape. A discriminator
for 28 × 28 pictures cannot judge 32 × 32 ones: its last \`dense\` has a weight for every place of the map. Frameworks
often find out only while training, or not at all, when everything up to a pooling layer happens to fit.

**What to do.** Make both ends agree: declare the discriminator's input as the data's own field
(\`x: faces.image\`), and it always fits what the generator must make.
`,
  bad: exampleSpec({
    discriminator: `
discriminator D(x: [32, 32, 3]) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000
  fake = G(z)
  update D {
    loss: bce(D(faces.image -> upsample(2)), 1) + bce(D(fake), 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(fake -> upsample(2)), 1)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`,
  }),
  good: exampleSpec(),
});
