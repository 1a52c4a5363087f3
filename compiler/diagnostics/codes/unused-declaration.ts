import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

export const unusedDeclaration = defineDiagnostic<{
  readonly name: string;
  /** `module`, `latent`, `param`, `data`, `network`, `generator`, `discriminator`, `loss`, `import`. */
  readonly kind: string;
}>({
  code: 'unused-declaration',
  severity: 'warning',
  number: 6,
  title: 'A declaration that nothing uses',
  message: ({ name, kind }) => `${kind} ${name} is never used`,
  label: ({ kind }) => (kind === 'import' ? 'imported here' : 'declared here'),
  help: ({ name }) => `use ${name}, or remove it`,
  explanation: `
A module, param, latent, data set, loss or network is declared or imported, and nothing refers to it. Often two modules look
alike and the wrong one is called, or a number was written out where the param was meant, so that \`--set\` on it
changes nothing.

A file without \`train\` is taken for a library: its modules, networks, losses and params are there for others to
import, and are not reported.

**What to do.** Use it where it was meant to go, or remove it.
`,
  bad: exampleSpec({ declarations: 'param ch = 16' }),
  good: exampleSpec({
    declarations: 'param ch = 8',
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(ch, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
  }),
});
