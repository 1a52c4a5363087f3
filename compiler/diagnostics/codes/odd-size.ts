import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import type { Shown } from '../wording.ts';

const odd = (first: string) =>
  exampleSpec({
    data: `
data faces from folder("data/faces") {
  image: [15, 15, 3] in [-1, 1]
}`,
    generator: `
generator G(z) -> faces.image {
  z -> dense(15*15 * 3) -> reshape(15, 15, 3) -> tanh
}`,
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> ${first} -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
  });

export const oddSize = defineDiagnostic<{
  readonly layer: string;
  readonly size: Shown;
  readonly stride: Shown;
  /** What the size becomes: 38 for 75 and stride 2. */
  readonly result: Shown;
}>({
  code: 'odd-size',
  severity: 'warning',
  number: null,
  title: 'A stride that rounds a size up',
  message: ({ size, stride, result }) =>
    `${size} does not divide by ${stride}: ${size} → ${result}, rounded up`,
  label: ({ stride }) => `stride ${stride}`,
  notes: ({ size, stride, result }) => [
    `Doubling back would give ${Number(result) * Number(stride)}, not ${size}.`,
  ],
  help: () => 'write the padding, for example padding: "same", if this is meant',
  explanation: `
A stride meets a size that it does not divide, and no padding is written. \`same\` padding rounds up, as in every
framework: 28 → 14 → 7 → 4 is a common discriminator, and right. But a decoder cannot undo it (4 → 8, not 7), and a
different default elsewhere rounds down.

**What to do.** If it is meant, write \`padding: "same"\` and this is silent. Otherwise choose a size that divides.
`,
  bad: odd('conv2d(8, kernel: 4, stride: 2)'),
  good: odd('conv2d(8, kernel: 4, stride: 2, padding: "same")'),
});
