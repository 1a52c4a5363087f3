import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const judge = (filters: string) =>
  exampleSpec({
    declarations: 'param ch = 16',
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(${filters}, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
  });

export const notAWholeNumber = defineDiagnostic<{
  /** What must be whole: `filters` of conv2d, `batch`, `the first size`. */
  readonly name: string;
  /** As written: `ch/3`. */
  readonly written: string;
  /** What that comes to. */
  readonly value: number;
  /** The smallest number that will do: 1, or 0. */
  readonly min: number;
}>({
  code: 'not-a-whole-number',
  severity: 'error',
  number: 21,
  title: 'A size that is not a whole number',
  message: ({ name, value, min }) =>
    Number.isInteger(value)
      ? `${name} must be at least ${min}, but is ${value}`
      : `${name} must be a whole number, but is ${Number(value.toPrecision(6))}`,
  label: ({ written, value }) => (written === String(value) ? '' : `this is ${Number(value.toPrecision(6))}`),
  help: ({ value, min }) => {
    const near = Math.max(min, Math.round(value));
    return Number.isFinite(near)
      ? `write ${near}, or a calculation that comes out whole`
      : 'write a whole number';
  },
  explanation: `
A number of channels, a kernel, a stride, a factor or a size must be a whole number of at least 1: there is no third
of a channel. Divisions are exact here and never rounded silently: \`ch/3\` with \`ch = 64\` is 21.33, not 21.

**What to do.** Choose numbers that divide, or write the whole number that you mean.
`,
  bad: judge('ch/3'),
  good: judge('ch/4'),
});
