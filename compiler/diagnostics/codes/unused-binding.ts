import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

export const unusedBinding = defineDiagnostic<{
  readonly name: string;
  /** Where it stands: `G`, `Down`, `train`. */
  readonly owner: string;
  /** An `input` is a port that its body never looks at. */
  readonly kind: 'binding' | 'input';
}>({
  code: 'unused-binding',
  severity: 'warning',
  number: 5,
  title: 'A tensor that is named and never used',
  message: ({ name, owner, kind }) =>
    kind === 'input' ? `${owner} never uses its input \`${name}\`` : `\`${name}\` is never used in ${owner}`,
  label: ({ kind }) => (kind === 'input' ? 'nothing in the body reads it' : 'made here, then forgotten'),
  notes: ({ kind, owner }) =>
    kind === 'input'
      ? [`Whatever is passed here, ${owner} does the same.`]
      : owner === 'train'
        ? []
        : ['A forgotten skip still trains, only worse: nothing else would tell you.'],
  help: ({ name, kind }) =>
    kind === 'input' ? `use ${name}, or remove the input` : `use ${name}, or remove the line`,
  explanation: `
A tensor got a name and nothing uses it. In a U-Net this is how a skip gets lost: the encoder names \`e5\`, the
decoder forgets \`concat(e5)\`, every shape still fits and training runs, but the picture comes out blurred. An
input that the body ignores is the same mistake seen from outside: a discriminator that never looks at the class
it is given cannot teach the generator anything about classes.

**What to do.** Use the tensor where it was meant to go, or remove its line.

Ronneberger, Fischer & Brox, *U-Net: Convolutional Networks for Biomedical Image Segmentation*, 2015.
`,
  bad: exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  h1 = x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2)
  h2 = h1 -> conv2d(16, kernel: 4, stride: 2) -> leaky_relu(0.2)
  return h1 -> flatten -> dense(1)
}`,
  }),
  good: exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  h1 = x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2)
  h2 = h1 -> conv2d(16, kernel: 4, stride: 2) -> leaky_relu(0.2)
  return h2 -> flatten -> dense(1)
}`,
  }),
});
