import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const parts = (shape: string) => ({
  data: `
data faces from folder("data/faces") {
  image: ${shape} in [-1, 1]
}`,
  generator: `
generator G(z) -> faces.image {
  z -> dense(3*16*16) -> reshape(${shape.slice(1, -1)}) -> tanh
}`,
  discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> flatten -> dense(32) -> leaky_relu(0.2) -> dense(1)
}`,
});

export const channelsFirst = defineDiagnostic<{
  /** What has the shape: `faces.image`. */
  readonly name: string;
  /** As written: `[3, 64, 64]`. */
  readonly written: string;
  /** `[64, 64, 3]` */
  readonly wanted: string;
  /** The size in front, which looks like a number of channels. */
  readonly channels: number;
}>({
  code: 'channels-first',
  severity: 'warning',
  number: 9,
  title: 'An image with its channels in front',
  message: ({ name, written, channels }) =>
    `${name} is ${written}, which would be a picture ${channels} ${channels === 1 ? 'pixel' : 'pixels'} high`,
  label: () => 'channels come last: [height, width, channels]',
  notes: ({ channels, written }) => [
    `Convolutions would slide over the ${channels === 1 ? 'channel' : 'channels'} and mix the columns of ${written}.`,
  ],
  help: ({ wanted }) => `write ${wanted}`,
  explanation: `
Shapes are written channels last, \`[height, width, channels]\`, as in TensorFlow and in image files. PyTorch writes
channels first. A shape such as \`[3, 64, 64]\` is taken at its word, as an image 3 pixels high with 64 channels, and
nothing crashes: convolutions then slide along the colours, and training gets nowhere.

**What to do.** Put the number of channels last. Data files need no change; they are converted when they are read.
`,
  bad: exampleSpec(parts('[3, 16, 16]')),
  good: exampleSpec(parts('[16, 16, 3]')),
});
