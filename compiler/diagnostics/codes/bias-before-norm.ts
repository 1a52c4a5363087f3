import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const judge = (bias: string) =>
  exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2${bias}) -> batch_norm -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
  });

export const biasBeforeNorm = defineDiagnostic<
  {
    /** The layer with the bias: `conv2d`. */
    readonly layer: string;
    /** The layer that cancels it: `batch_norm`, `instance_norm`. */
    readonly norm: string;
  },
  'norm'
>({
  code: 'bias-before-norm',
  severity: 'info',
  number: 50,
  title: 'A bias that the next normalisation cancels',
  message: ({ layer, norm }) => `the bias of this ${layer} is cancelled by the ${norm} that follows`,
  label: () => 'adds a bias',
  labels: { norm: () => 'subtracts the mean, and the bias with it' },
  help: () => 'write bias: false',
  explanation: `
A normalisation subtracts each channel's mean, and with it whatever constant the layer before has added. The bias has no
effect on the result, gets no gradient, and costs memory and an operation. The normalisation has a shift of its own.

**What to do.** Write \`bias: false\`. To reproduce a published network weight for weight, keep it and add
\`// ganc-ignore bias-before-norm: as published\`.

Ioffe & Szegedy, *Batch Normalization*, 2015, section 3.2: "the bias b can be ignored since its effect will be canceled
by the subsequent mean subtraction".
`,
  bad: judge(''),
  good: judge(', bias: false'),
});
