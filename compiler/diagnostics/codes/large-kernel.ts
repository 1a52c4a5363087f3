import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const judge = (call: string) =>
  exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> ${call} -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
  });

export const largeKernel = defineDiagnostic<{
  readonly layer: string;
  readonly kernel: number;
  /** What stands where the stride does: the kernel, for somebody who wrote the channels that come in first. */
  readonly stride: number;
}>({
  code: 'large-kernel',
  severity: 'warning',
  number: null,
  title: 'A window larger than any that is in use',
  message: ({ layer, kernel }) => `this ${layer} has a window of ${kernel} pixels`,
  label: ({ kernel }) => `${kernel} pixels wide`,
  notes: () => ['The channels that come in are known here and not written, as they are in PyTorch.'],
  help: ({ layer, kernel, stride }) =>
    `if ${kernel} is how many channels should come out, write ${layer}(${kernel}, kernel: ${stride > 1 ? stride : 3})`,
  explanation: `
PyTorch writes the channels that come in, those that go out, and then the window: \`Conv2d(3, 64, 4, 2)\`. Here the first
number is what goes out and the second the window, so the same numbers mean 3 filters with windows of 64 pixels. Such a
network trains, slowly and badly, and nothing else would say why.

**What to do.** Leave the first number out, and name the others: \`conv2d(64, kernel: 4, stride: 2)\`. Where a window of more
than 31 pixels is really meant, put \`// ganc-ignore large-kernel: why\` above it.
`,
  bad: judge('conv2d(3, 64, 4)'),
  good: judge('conv2d(64, kernel: 4, stride: 4)'),
});
