import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { type Shown, timesText } from '../wording.ts';

const judge = (kernel: number) =>
  exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2)
    -> conv2d(16, kernel: 4, stride: 2) -> leaky_relu(0.2)
    -> conv2d(1, kernel: ${kernel}, padding: "valid") -> flatten
}`,
  });

export const sizeCollapsed = defineDiagnostic<{
  readonly layer: string;
  /** The sizes that arrive, without channels: `[4, 4]`. */
  readonly given: readonly Shown[];
  /** The window that must fit, in sizes: `[5, 5]`. */
  readonly window: readonly Shown[];
}>({
  code: 'size-collapsed',
  severity: 'error',
  number: 20,
  title: 'More halvings than the image has',
  message: ({ layer, given, window }) =>
    `nothing is left for ${layer}: its ${timesText(window)} window does not fit in ${timesText(given)}`,
  label: ({ given }) => `${timesText(given)} arrives here`,
  help: () => 'remove a halving, use a smaller window, or write padding: "same"',
  explanation: `
A map has become smaller than the window that a layer wants to lay on it, so its size would be zero. Each stride of 2
halves height and width, and 64 can be halved six times: 64 → 32 → 16 → 8 → 4 → 2 → 1.

**What to do.** Remove a halving, take a smaller kernel, or pad.
`,
  bad: judge(5),
  good: judge(4),
});
