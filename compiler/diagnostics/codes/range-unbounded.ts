import type { Interval } from '../../3-check/interval.ts';
import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { rangeText } from '../wording.ts';

const ending = (last: string) =>
  exampleSpec({
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2)${last}
}`,
  });

export const rangeUnbounded = defineDiagnostic<
  {
    readonly network: string;
    /** The layer it ends in: `conv2d_transpose`. */
    readonly layer: string;
    readonly wantedName: string;
    readonly wanted: Interval;
    /** The layer that would bound it; null when none fits. */
    readonly ending: 'tanh' | 'sigmoid' | null;
  },
  'declared'
>({
  code: 'range-unbounded',
  severity: 'warning',
  number: 26,
  title: 'A generator without bounds for data that has them',
  message: ({ network, wantedName, wanted }) =>
    `${network} can make any number, but ${wantedName} holds values in ${rangeText(wanted)}`,
  label: ({ layer }) => `${layer} gives values without bounds`,
  labels: { declared: () => 'declared here' },
  notes: () => [
    'D learns first to look for values that no picture has, and G spends its training on avoiding them.',
  ],
  help: ({ ending, wanted }) =>
    ending ? `end with ${ending}` : `end with a layer that gives values in ${rangeText(wanted)}`,
  explanation: `
The generator ends in a layer without an activation, so its values may be anything, while the data lies in an
interval. It is not wrong in itself, a generator can learn the bounds, but values outside are an easy giveaway for
the discriminator, and they must be cut off when a picture is written.

**What to do.** End with \`tanh\` for data in [-1, 1], with \`sigmoid\` for [0, 1].

Radford, Metz & Chintala, *Unsupervised Representation Learning with DCGANs*, 2016: "using a bounded activation
allowed the model to learn more quickly to saturate and cover the color space of the training distribution".
`,
  bad: ending(''),
  good: ending(' -> tanh'),
});
