import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const train = (loss: string) => `
train on faces {
  batch: 16
  steps: 10_000
  real = faces.image
  fake = G(z)
  update D {
    loss: ${loss}
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(fake), 1)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`;

export const weightsOutsideNetwork = defineDiagnostic<{ readonly layer: string }>({
  code: 'weights-outside-network',
  severity: 'error',
  number: null,
  title: 'A layer with weights outside of every network',
  message: ({ layer }) => `${layer} has weights, and here they would belong to no network`,
  label: () => 'no update could train them',
  help: () => 'move it into the body of a network',
  explanation: `
\`update D\` changes the weights of D. A layer with weights that stands in a loss or a binding of \`train\` belongs to no
network, so no update could ever name it: its weights would stay as they were drawn.

Layers without weights, such as \`relu\` or \`softplus\`, are functions and can be used in a loss.

**What to do.** Move the layer into the network whose update is to train it, or declare a network of its own.
`,
  bad: exampleSpec({ train: train('bce(D(real) -> dense(1), 1) + bce(D(fake), 0)') }),
  good: exampleSpec({ train: train('bce(D(real) -> tanh, 1) + bce(D(fake) -> tanh, 0)') }),
});
