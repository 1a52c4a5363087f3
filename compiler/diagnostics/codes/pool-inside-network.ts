import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';

export const poolInsideNetwork = defineDiagnostic<{
  /** `pool` */
  readonly layer: string;
}>({
  code: 'pool-inside-network',
  severity: 'error',
  number: null,
  title: 'A pool of earlier examples inside of a network',
  message: ({ layer }) =>
    `${layer} keeps examples that a training has shown, so it cannot be part of a network`,
  label: () => 'every use of the network would fill it',
  help: ({ layer }) => `write it in train, around what the network is given: D(${layer}(fake))`,
  explanation: `
A network is used in many places, for real examples and for fakes, in training and after it, and is the same in all of them.
A pool belongs to one place: it keeps the examples that have passed there.

**What to do.** Take it out of the network, and write it in \`train\` where the network is given something:
\`bce(D(pool(fake)), 0)\` in the loss of D.

Shrivastava et al., *Learning from Simulated and Unsupervised Images through Adversarial Training*, 2017.
`,
  bad: exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> pool -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
  }),
  good: exampleSpec({
    train: exampleTrain({ D: { loss: 'bce(D(real), 1) + bce(D(pool(fake)), 0)' } }),
  }),
});
