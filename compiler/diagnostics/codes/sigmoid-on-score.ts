import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const critic = (last: string) =>
  exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2, weights: spectral_norm) -> leaky_relu(0.2)
    -> flatten -> dense(1, weights: spectral_norm)${last}
}`,
    train: `
train on faces {
  batch: 16
  steps: 10_000
  real = faces.image
  fake = G(z)
  update D {
    loss: hinge.critic(D(real), D(fake))
    optimizer: adam(lr: 2e-4, beta1: 0)
  }
  update G {
    loss: hinge.generator(D(fake))
    optimizer: adam(lr: 2e-4, beta1: 0)
  }
}`,
  });

/** What each family of losses asks of a score, for the label at the loss. */
const FAMILIES = {
  wasserstein: 'Wasserstein: how far apart, not how likely',
  hinge: 'hinge: on which side of ±1, not how likely',
  relativistic: 'relativistic: how much more real than the fake, not how likely',
};

export const sigmoidOnScore = defineDiagnostic<
  {
    readonly network: string;
    /** The layer that bounds the score: `sigmoid`, `tanh`. */
    readonly layer: string;
    readonly range: string;
    readonly family: keyof typeof FAMILIES;
  },
  'loss'
>({
  code: 'sigmoid-on-score',
  severity: 'error',
  number: 36,
  title: 'A bounded score for a loss that needs an unbounded one',
  message: ({ network, layer }) => `${network} ends in ${layer}, but its loss needs an unbounded score`,
  label: ({ range }) => `squeezes the score into ${range}`,
  labels: { loss: ({ family }) => FAMILIES[family] },
  help: ({ layer }) => `remove ${layer}`,
  explanation: `
A sigmoid turns a score into a probability between 0 and 1. Wasserstein, hinge and relativistic losses do not ask for a
probability but for a score without bounds: how far real and fake are apart. Squeezed into [0, 1], the distance can
never exceed 1, and the slope of the sigmoid vanishes where the critic is sure, so the generator gets no signal.

**What to do.** Remove the sigmoid, so that the last layer is \`dense(1)\` or a convolution.

Arjovsky, Chintala & Bottou, *Wasserstein GAN*, 2017. Lim & Ye, *Geometric GAN*, 2017 (hinge).
`,
  bad: critic(' -> sigmoid'),
  good: critic(''),
});
