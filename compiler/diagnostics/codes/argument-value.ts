import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

export const argumentValue = defineDiagnostic<{
  readonly call: string;
  /** The argument, or what it is in words: `the result`. */
  readonly name: string;
  /** What it takes, in words: `a number between 0 and 1`, `"same", "valid" or a number`. */
  readonly wanted: string;
  /** What it is given, as written or as it comes out: `1.5`, `a label`, `[64, 64, 3]`. */
  readonly given: string;
  /** What to do; left out: to write what is wanted. Starts with a verb. */
  readonly instead?: string | null;
}>({
  code: 'argument-value',
  severity: 'error',
  number: null,
  title: 'An argument with a value that it cannot take',
  message: ({ call, name, wanted, given }) =>
    `${name.includes(' ') ? name : `\`${name}\``} of ${call} takes ${wanted}, but is given ${given}`,
  help: ({ wanted, instead }) => instead ?? `write ${wanted}`,
  explanation: `
The argument exists, but its value is of the wrong kind or outside what makes sense: a word where a number is
needed, a dropout rate of 1.5, a padding that does not exist.

**What to do.** \`ganc explain LAYER\` shows every argument with the values that it takes and its default.
`,
  bad: exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> dropout(1.5) -> flatten -> dense(1)
}`,
  }),
  good: exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> dropout(0.5) -> flatten -> dense(1)
}`,
  }),
});
