import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { type Shown, shapeText } from '../wording.ts';

export const reshapeCountMismatch = defineDiagnostic<
  {
    readonly given: readonly Shown[];
    readonly givenCount: Shown;
    readonly wanted: readonly Shown[];
    readonly wantedCount: Shown;
  },
  'given'
>({
  code: 'reshape-count-mismatch',
  severity: 'error',
  number: 17,
  title: 'A reshape that would lose or invent numbers',
  message: ({ givenCount, wanted, wantedCount }) =>
    `${givenCount} numbers cannot become ${shapeText(wanted)}, which is ${wantedCount}`,
  label: ({ wanted, wantedCount }) => `${wanted.join(' × ')} = ${wantedCount}`,
  labels: {
    given: ({ given, givenCount }) =>
      given.length === 1 ? `makes ${givenCount} numbers` : `makes ${shapeText(given)}, ${givenCount} numbers`,
  },
  help({ given, givenCount, wanted, wantedCount }) {
    const rest = wanted.slice(0, -1).reduce((product: number, size) => product * Number(size), 1);
    const channels = Number(givenCount) / rest;
    if (wanted.length > 1 && Number.isInteger(channels)) {
      return `write reshape(${[...wanted.slice(0, -1), channels].join(', ')})${
        given.length === 1 ? `, or dense(${wanted.join('*')}) before it` : ''
      }`;
    }
    return given.length === 1
      ? `write dense(${wanted.join('*')}) before it`
      : `reshape to ${wantedCount === givenCount ? wantedCount : `${givenCount} numbers in all`}`;
  },
  explanation: `
\`reshape\` gives the same numbers another shape; it neither drops nor adds any. A generator that begins with
\`dense(4*4*512)\` has 8192 numbers, and \`reshape(4, 4, 256)\` holds 4096. At least one popular library builds this
without an error and fails, or trains on rubbish, when the first batch arrives.

**What to do.** Make the products equal: \`dense(4*4 * 8*ch) -> reshape(4, 4, 8*ch)\`.
`,
  bad: exampleSpec({
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 16) -> reshape(8, 8, 8) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
  }),
  good: exampleSpec({
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
  }),
});
