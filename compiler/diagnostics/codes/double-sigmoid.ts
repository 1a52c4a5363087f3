import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const judge = (last: string) =>
  exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)${last}
}`,
  });

export const doubleSigmoid = defineDiagnostic<
  {
    readonly network: string;
    /** The loss as written: `bce`; or `softplus`. */
    readonly loss: string;
  },
  'loss'
>({
  code: 'double-sigmoid',
  severity: 'warning',
  number: 37,
  title: 'A sigmoid before a loss that has one built in',
  message: ({ network, loss }) => `${network} ends in sigmoid, but ${loss} applies one itself`,
  label: ({ loss }) => `remove it: ${loss} expects a score without bounds`,
  labels: { loss: () => 'applies a sigmoid itself' },
  notes: () => [
    'Twice squeezed, no score is below 0.5 or above 0.73: D could never be sure, and slopes become tiny.',
  ],
  help: () => 'remove sigmoid',
  explanation: `
\`bce\` takes a score without bounds (a logit) and applies the sigmoid together with the logarithm, because that is exact
for large scores. When the discriminator ends in a sigmoid of its own, it is applied twice: the result lies between
0.5 and 0.73, so even a certain fake counts as "rather real", and the gradients shrink.

**What to do.** Remove the sigmoid from the network. To see probabilities, apply it outside: \`D(fake) -> sigmoid\`.

Goodfellow et al., *Generative Adversarial Nets*, 2014.
`,
  bad: judge(' -> sigmoid'),
  good: judge(''),
});
