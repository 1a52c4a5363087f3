import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';

const generator = (y: string) =>
  exampleSpec({
    data: `
data faces from folder("data/faces") {
  image: [16, 16, 3] in [-1, 1]
  class: label(10)
}`,
    generator: `
generator G(z, y: faces.class) -> faces.image {
  concat(z, ${y}) -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
    discriminator: `
discriminator D(x: faces.image, y: faces.class) -> [1] {
  h = x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten
  return (h -> dense(1)) + dot(h -> dense(8), y -> embed(8))
}`,
    train: exampleTrain({ label: 'faces.class' }),
  });

export const labelUsedAsNumber = defineDiagnostic<
  {
    /** The label as written: `y`. */
    readonly name: string;
    readonly classes: number;
    /** What is done with it. */
    readonly use:
      | { readonly kind: 'join' }
      | { readonly kind: 'arithmetic'; readonly operator: string }
      | { readonly kind: 'layer'; readonly layer: string };
    /** The vector size that the help and the fix propose. */
    readonly size: number;
  },
  'declared'
>({
  code: 'label-used-as-number',
  severity: 'error',
  number: 30,
  title: 'A label used as a number',
  message({ name, use }) {
    switch (use.kind) {
      case 'join':
        return `${name} is a label, so it cannot be joined to numbers`;
      case 'arithmetic':
        return `${name} is a label, so \`${use.operator}\` means nothing for it`;
      case 'layer':
        return `${name} is a label, so ${use.layer} cannot take it`;
    }
  },
  labels: {
    declared: ({ classes }) =>
      `one of ${classes} classes; ${Math.min(7, classes - 1)} is not "more" than ${Math.min(3, Math.max(classes - 2, 0))}`,
  },
  help: ({ name, size }) => `turn it into a vector first: ${name} -> embed(${size})`,
  explanation: `
A label is the number of a class, and the numbers are only names: class 7 is not "more" than class 3. Joined to the
noise or multiplied with a map it would tell the network that they lie on a line, in that order.

**What to do.** \`y -> embed(128)\` gives each class a vector of its own that is learnt. In a generator the vector is
joined to the noise; in a discriminator it meets the features in a \`projection\`, or is joined to a map.

Mirza & Osindero, *Conditional Generative Adversarial Nets*, 2014. Miyato & Koyama, *cGANs with Projection
Discriminator*, 2018.
`,
  bad: generator('y'),
  good: generator('y -> embed(8)'),
});
