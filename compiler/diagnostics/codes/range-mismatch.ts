import type { Interval } from '../../3-check/interval.ts';
import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { rangeText } from '../wording.ts';

const ending = (last: string) =>
  exampleSpec({
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> ${last}
}`,
  });

export const rangeMismatch = defineDiagnostic<
  {
    /** `G`, or the input of a network: `D's x`. */
    readonly network: string;
    readonly made: Interval;
    /** What it must fit: `faces.image`; null for values that its own signature names. */
    readonly wantedName: string | null;
    readonly wanted: Interval;
    /** The layer that gives these values: `sigmoid`. */
    readonly layer: string;
    /** The layer whose values go into it: `relu`; null for something else. */
    readonly before: string | null;
  },
  'declared'
>({
  code: 'range-mismatch',
  severity: 'error',
  number: 25,
  title: "Values that are not the data's values",
  message: ({ network, made, wantedName, wanted }) =>
    `${network} makes values in ${rangeText(made)}, but ${wantedName ? `${wantedName} holds values in` : 'its signature says'} ${rangeText(wanted)}`,
  label: ({ layer, made }) => `${layer} gives ${rangeText(made)}`,
  labels: { declared: () => 'declared here' },
  notes: () => ['D could tell real from fake by brightness alone, so G would get no useful signal.'],
  help({ wanted, made, layer, before }) {
    const last = endingFor(wanted);
    const declare = `declare the data \`in ${rangeText(made)}\``;
    if (last === layer) {
      const reach = before ? `leave out ${before} before ${last}` : `let values of both signs into ${last}`;
      return `${reach}, so that it gives all of ${rangeText(wanted)}, or ${declare}`;
    }
    return last ? `end with ${last}, or ${declare}` : declare;
  },
  explanation: `
The generator's last layer gives values in one interval and the data holds values in another. A discriminator sees
that at once: a fake that is never darker than grey is a fake. Its loss goes to zero in the first steps, and the
generator gets no useful signal from it.

**What to do.** End the generator with the activation that fits the data: \`tanh\` for [-1, 1], \`sigmoid\` for [0, 1];
or declare the data in the other interval, and it is converted as it is read. DCGAN uses [-1, 1] and \`tanh\`.

Radford, Metz & Chintala, *Unsupervised Representation Learning with DCGANs*, 2016.
`,
  bad: ending('sigmoid'),
  good: ending('tanh'),
});

/** The activation that gives exactly these values. */
function endingFor({ low, high }: Interval): string | null {
  if (low === -1 && high === 1) return 'tanh';
  if (low === 0 && high === 1) return 'sigmoid';
  return null;
}
