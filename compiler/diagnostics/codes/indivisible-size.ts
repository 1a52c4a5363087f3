import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { journeyText, type Shown, timesWord } from '../wording.ts';

const halving = (size: number) =>
  exampleSpec({
    data: `
data faces from folder("data/faces") {
  image: [${size}, ${size}, 3] in [-1, 1]
}`,
    declarations: `
module Down(x: [H, W, C], filters: int) -> [H/2, W/2, filters] {
  x -> conv2d(filters, kernel: 4, stride: 2) -> leaky_relu(0.2)
}`,
    generator: `
generator G(z) -> faces.image {
  z -> dense(${size}*${size} * 3) -> reshape(${size}, ${size}, 3) -> tanh
}`,
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> Down(8) -> Down(16) -> flatten -> dense(1)
}`,
  });

export const indivisibleSize = defineDiagnostic<{
  /** The size that does not come out even: 75. */
  readonly size: Shown;
  /** What it would have to be divided by: 2. */
  readonly by: Shown;
  /** What needs it: `stride 2`, `avg_pool(2)`, `H/2`. */
  readonly needs: string;
  /** Which sizes: `height and width`, `height`, `frames`. */
  readonly axes: string;
  /** The size on its way here: `[300, 150, 75]`; may be empty. */
  readonly journey: readonly Shown[];
  /** The tensor that a decoder would join at this level; null when there is none. */
  readonly skip: string | null;
  /** How often the network halves in all, and sizes that work; null when it is not known. */
  readonly good: {
    readonly network: 'generator' | 'discriminator' | 'network';
    readonly halvings: number;
    readonly divisor: number;
    readonly sizes: readonly number[];
  } | null;
}>({
  code: 'indivisible-size',
  severity: 'error',
  number: 19,
  title: 'A size that cannot be divided evenly',
  message: ({ size, by }) =>
    String(by) === '2' ? `${size} cannot be halved` : `${size} cannot be divided by ${by}`,
  label: ({ needs, by, axes }) =>
    String(by) === '2' ? `${needs} needs an even ${axes}` : `${needs} needs ${axes} divisible by ${by}`,
  traceNote: ({ journey }) => (journey.length > 0 ? `${journeyText(journey)} → ?` : null),
  notes: ({ skip }) =>
    skip ? [`An odd size cannot be doubled back exactly, so the skip at ${skip} would not fit.`] : [],
  help: ({ good, by }) =>
    good
      ? `this ${good.network} halves ${timesWord(good.halvings)}; use sizes divisible by ${good.divisor}: ${good.sizes.join(', ')}`
      : `use a size divisible by ${by}, or write ceil(H/${by}) in the signature`,
  explanation: `
A layer or signature divides a size that does not come out even. A stride of 2 makes 75 into 38 by rounding up, and
doubling 38 gives 76: in an encoder-decoder the skip from the encoder no longer fits. A signature that says \`H/2\`
demands an even H; one that says \`ceil(H/2)\` welcomes odd sizes, as in a discriminator on 28 × 28 pictures
(28 → 14 → 7 → 4), where nothing is ever doubled back.

**What to do.** Use a size that can be halved as often as the network does (the help lists some), or write
\`ceil(H/2)\` in the signature where odd sizes are welcome.
`,
  bad: halving(18),
  good: halving(20),
});
