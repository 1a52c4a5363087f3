import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

export const unsolvedSize = defineDiagnostic<{
  /** The letter: `P`. */
  readonly name: string;
  /** The module or network in whose signature it stands. */
  readonly owner: string;
}>({
  code: 'unsolved-size',
  severity: 'error',
  number: 22,
  title: 'A size that nothing determines',
  message: ({ name, owner }) => `nothing determines the size ${name} of ${owner}`,
  label: () => 'appears in no input, and the body does not fix it',
  help: ({ name }) => `write a number or a calculation in place of ${name}, or take it from an input`,
  explanation: `
A capital name in a signature is a size to be found: from the inputs (\`x: [H, W, C]\`), or, in the output of a
network, from what the body makes (\`-> [P, P, 1]\`). This one appears in neither. \`upsample(2)\` makes \`[2*H, 2*W, C]\`
of its input, so an output \`[2*N, 2*N, C]\` says nothing about any N when the input is not called that.

**What to do.** Write the output in terms of the names of the inputs, or as numbers.
`,
  bad: exampleSpec({
    declarations: `
module Up(x: [H, W, C], filters: int) -> [2*N, 2*N, filters] {
  x -> conv2d_transpose(filters, kernel: 4, stride: 2) -> relu
}`,
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu -> Up(8) -> conv2d(3, kernel: 3) -> tanh
}`,
  }),
  good: exampleSpec({
    declarations: `
module Up(x: [H, W, C], filters: int) -> [2*H, 2*W, filters] {
  x -> conv2d_transpose(filters, kernel: 4, stride: 2) -> relu
}`,
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu -> Up(8) -> conv2d(3, kernel: 3) -> tanh
}`,
  }),
});
