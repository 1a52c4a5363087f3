import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

export const neverUpdated = defineDiagnostic<{
  readonly network: string;
  readonly role: 'network' | 'generator' | 'discriminator';
}>({
  code: 'never-updated',
  severity: 'warning',
  number: 44,
  title: 'A network in training that no update trains',
  message: ({ network }) => `${network} is used in training, but no update trains it`,
  label: ({ network }) => `add \`update ${network} { … }\``,
  notes: ({ network, role }) => [
    role === 'generator'
      ? `${network} would make the same noise at the end as at the beginning.`
      : role === 'discriminator'
        ? `${network} would judge by the random weights that it began with.`
        : `${network} keeps the random weights that it began with.`,
  ],
  help: ({ network }) => `write an update for ${network}, with a loss and an optimizer`,
  explanation: `
A network takes part in training, but no \`update\` names it, so it keeps the random weights that it was given at the
start. A loop that trains the discriminator and forgets the generator looks busy: its loss falls quickly, since noise is
easy to tell from pictures.

**What to do.** Add \`update NAME { loss: … optimizer: … }\`. A network that is meant to stay as it is, a random
projection for example, says so with \`lr: 0\` in each of its layers.
`,
  bad: exampleSpec({
    train: `
train on faces {
  batch: 16
  steps: 10_000
  real = faces.image
  fake = G(z)
  update D {
    loss: bce(D(real), 1) + bce(D(fake), 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`,
  }),
  good: exampleSpec(),
});
