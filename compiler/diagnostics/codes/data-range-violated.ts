import type { Interval } from '../../3-check/interval.ts';
import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { rangeText } from '../wording.ts';

const ring = (reach: string) =>
  exampleSpec({
    data: `
data ring from gaussians.ring(modes: 4, std: 0, points: 100) {
  point: [2] in [-${reach}, ${reach}]
}`,
    generator:
      'generator G(z) -> ring.point {\n  h = z -> dense(32) -> relu -> dense(2) -> tanh\n  return ' +
      `${reach} * h\n}`,
    discriminator:
      'discriminator D(x: ring.point) -> [1] {\n  x -> dense(32) -> leaky_relu(0.2) -> dense(1)\n}',
    train: exampleTrain({ real: 'ring.point' }),
  });

export const dataRangeViolated = defineDiagnostic<{
  /** `ring.point` */
  readonly field: string;
  readonly range: Interval;
  /** What holds the value, and which it is: `point 1 of gaussians.ring`. */
  readonly example: string;
  readonly value: number;
  /** The smallest whole number that no value is beyond, on either side. */
  readonly reach: number;
}>({
  code: 'data-range-violated',
  severity: 'error',
  number: 28,
  title: 'Data with values outside of what is declared',
  message: ({ field, range, example, value }) =>
    `${field} is declared in ${rangeText(range)}, but ${example} has the value ${Number(value.toPrecision(3))}`,
  label: ({ range }) => `nothing beyond ${rangeText(range)}`,
  notes: () => [
    'A generator that is made for the declared values could never make these, and D would know a real one by them.',
  ],
  help: ({ reach }) => `declare it in [-${reach}, ${reach}], or without a range`,
  explanation: `
\`in [-1, 1]\` is a promise about the data: the generator's last layer is compared with it. Images are converted to the
declared range as they are read, whatever it is; other numbers are taken as they are, and looked at when the data is
opened.

**What to do.** Declare the range that the data really has, or none. What a generator makes must then fit that: a last
\`dense\` without an activation for numbers without bounds.

Radford, Metz & Chintala, *Unsupervised Representation Learning with DCGANs*, 2016: data and the last layer share one
range.
`,
  bad: ring('0.5'),
  good: ring('2'),
  scene: {
    play: 'open its data',
    about: 'ring.point',
    facts: {
      field: 'ring.point',
      range: { low: -0.5, high: 0.5 },
      example: 'point 1 of gaussians.ring',
      value: 1,
      reach: 1,
    },
  },
});
