import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const train = (stage: string) => `
train on faces {
  batch: 16
  steps: 10_000
${stage}
  real = faces.image
  fake = G(z)
  update D {
    loss: bce(D(real), 1) + bce(D(fake), 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(fake), 1)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`;

export const notYet = defineDiagnostic<{
  /** What is not there yet, as written: `stage`. */
  readonly what: string;
  /** What can be done instead; starts with a verb. */
  readonly instead: string | null;
}>({
  code: 'not-yet',
  severity: 'error',
  number: null,
  title: 'A part of the language that this compiler cannot run yet',
  message: ({ what }) => `\`${what}\` can be written, but this version of the compiler does not run it yet`,
  help: ({ instead }) => instead,
  explanation: `
The language has a place for this declaration, so that specs which use it can be read, formatted and converted.
This version of the compiler cannot train or run it yet. It says so at once, since leaving the declaration
out quietly would train something else than what the spec describes.

**What to do.** Leave the declaration out for now, or use a newer version of ganc.
`,
  bad: exampleSpec({ train: train('  stage "small" { steps: 1_000 }\n') }),
  good: exampleSpec({ train: train('') }),
});
