import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const judged = (last: string) =>
  exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 4) -> leaky_relu(0.2)
    -> conv2d(16, kernel: 4, padding: "valid", bias: false) -> ${last} -> flatten -> dense(1)
}`,
  });

export const normOfOneNumber = defineDiagnostic<{
  /** `instance_norm` */
  readonly layer: string;
  /** What it takes the mean of: `channel`, `group of channels`, `example`. */
  readonly over: string;
  /** What comes in, as `[1, 1, 512]`. */
  readonly shape: readonly number[];
}>({
  code: 'norm-of-one-number',
  severity: 'error',
  number: null,
  title: 'A normalisation of a single number',
  message: ({ layer, shape, over }) =>
    `${layer} gives nothing but zeros here: [${shape.join(', ')}] is one number per ${over}`,
  label: () => 'each number is its own mean, which is subtracted',
  notes: () => [
    'Whatever comes in, the same comes out; no gradient gets past it, and what is before it never learns.',
  ],
  help: ({ layer }) => `remove this ${layer}`,
  explanation: `
\`instance_norm\` subtracts from each channel of an example its mean over all places. A map of 1 × 1 has one place: the mean is the
number itself, and the result is zero, plus whatever shift follows. The same happens to \`conditional_instance_norm\`,
\`adaptive_instance_norm\`, to \`group_norm\` with as many groups as numbers, and to \`layer_norm\` of one number, or
of one channel with \`over: "channels"\`.

It happens at the inner end of a network that halves its maps down to 1 × 1. \`batch_norm\` has the whole batch there, and
\`layer_norm\` all channels.

**What to do.** Leave out the normalisation where the map is 1 × 1, or take \`layer_norm\` there.

Ulyanov, Vedaldi & Lempitsky, *Instance Normalization*, 2016.
`,
  bad: judged('instance_norm -> leaky_relu(0.2)'),
  good: judged('layer_norm -> leaky_relu(0.2)'),
});
