import type { Interval } from '../../3-check/interval.ts';
import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { rangeText } from '../wording.ts';

const faces = (range: string, ending: string) =>
  exampleSpec({
    data: `
data faces from folder("data/faces") {
  image: [16, 16, 3] in ${range}
}`,
    generator: `
generator G(z) -> faces.image {
  made = z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu -> conv2d_transpose(3, kernel: 4, stride: 2)
  return ${ending}
}`,
  });

export const dataNotNormalised = defineDiagnostic<
  {
    /** `faces.image` */
    readonly field: string;
    readonly range: Interval;
    /** The network that it is given to as it is, and the first layer there: `D`, `conv2d`. */
    readonly network: string;
    readonly layer: string;
  },
  'layer'
>({
  code: 'data-not-normalised',
  severity: 'warning',
  number: 27,
  title: 'Data that goes into a network in large numbers',
  message: ({ field, range, network }) => `${network} is given ${field} in ${rangeText(range)}, as it is`,
  label: () => 'the levels of a file, not scaled',
  labels: { layer: ({ layer }) => `this ${layer} expects numbers around 1` },
  notes: ({ range }) => [
    `First weights and learning rates are made for inputs around 1; these are up to ${Math.max(Math.abs(range.low), Math.abs(range.high))} times as large.`,
  ],
  help: () => 'declare it `in [-1, 1]`, which files are converted to, and let what makes it end with tanh',
  explanation: `
The first weights of a layer are drawn so that inputs around 1 give outputs around 1. Levels from 0 to 255 give outputs
a hundred times as large: a discriminator that is sure of everything from the first step on, whose loss jumps, and from
which the generator learns nothing.

Images are converted to whatever range a spec declares as they are read, so nothing is lost.

**What to do.** Declare the data \`in [-1, 1]\` and end the generator with \`tanh\`. Where a network scales its input
itself, with \`x / 127.5 - 1\` before its first layer, nothing is said.

Radford, Metz & Chintala, *Unsupervised Representation Learning with DCGANs*, 2016, section 4: images are scaled to the
range of tanh, and nothing else is done to them.
`,
  bad: faces('[0, 255]', '255 * (made -> sigmoid)'),
  good: faces('[-1, 1]', 'made -> tanh'),
});
