import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { type Shown, shapeText } from '../wording.ts';

export const signatureMismatch = defineDiagnostic<
  {
    readonly module: string;
    /** In the names of the signature: `[2*H, 2*W, filters]`. */
    readonly promised: readonly Shown[];
    readonly made: readonly Shown[];
  },
  'promise'
>({
  code: 'signature-mismatch',
  severity: 'error',
  number: 14,
  title: 'A module whose body does not make what its signature promises',
  message: ({ module, promised, made }) =>
    `${module} promises ${shapeText(promised)}, but its body makes ${shapeText(made)}`,
  label: ({ made }) => `makes ${shapeText(made)}`,
  labels: { promise: () => 'promised here' },
  help: ({ made }) => `change the body, or promise ${shapeText(made)}`,
  explanation: `
A module's signature is checked once, with its sizes still unnamed, for every height and width at the same time:
\`[H, W, C] -> [2*H, 2*W, filters]\` must hold whatever H, W and C are. Its body gives something else. The mistake is
reported here, in the module, and not at each of its uses.

**What to do.** Change the layer that is missing or too many (a stride, a \`concat\` that adds channels), or write
what the module really makes.
`,
  bad: exampleSpec({
    declarations: `
module Up(x: [H, W, C], filters: int) -> [2*H, 2*W, filters] {
  x -> conv2d(filters, kernel: 3) -> relu
}`,
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu -> Up(8) -> conv2d(3, kernel: 3) -> tanh
}`,
  }),
  good: exampleSpec({
    declarations: `
module Up(x: [H, W, C], filters: int) -> [2*H, 2*W, filters] {
  x -> upsample(2) -> conv2d(filters, kernel: 3) -> relu
}`,
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu -> Up(8) -> conv2d(3, kernel: 3) -> tanh
}`,
  }),
});
