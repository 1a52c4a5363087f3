import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const generator = (activation: string) =>
  exampleSpec({
    generator: `
generator G(z) -> faces.image {
  z -> dense(4*4 * 16) -> reshape(4, 4, 16)${activation}
    -> conv2d_transpose(8, kernel: 4, stride: 2) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
  });

export const missingActivation = defineDiagnostic<
  {
    /** The layer that is used: `dense`. */
    readonly layer: string;
    /** The layer that it is fed into: `conv2d_transpose`. */
    readonly next: string;
  },
  'next'
>({
  code: 'missing-activation',
  severity: 'info',
  number: null,
  title: 'Two linear layers with nothing between them',
  message: ({ layer, next }) => `nothing bends what ${layer} makes before ${next} takes it`,
  label: () => 'linear',
  labels: { next: () => 'linear again' },
  notes: () => ['Two linear layers in a row can do no more than one.'],
  help: () => 'put an activation between them, such as relu or leaky_relu(0.2)',
  explanation: `
A dense layer or a convolution is linear, and so is one after another: together they are a larger linear layer that costs
more and can express nothing more. What makes a network deep is the activation between them. A narrow layer between two
wide ones saves weights and is not remarked on. Some published networks leave out the activation after the first layer of
the generator; to keep one as it is, add \`// ganc-ignore missing-activation: as it was published\`.

**What to do.** Put \`relu\`, \`leaky_relu(0.2)\` or another activation between them, after a normalisation if there is one.

Radford, Metz & Chintala, *Unsupervised Representation Learning with DCGANs*, 2016: ReLU in the generator for all layers
except for the output, LeakyReLU in the discriminator for all layers.
`,
  bad: generator(''),
  good: generator(' -> relu'),
});
