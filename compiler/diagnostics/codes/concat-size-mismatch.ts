import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { type Shown, shapeText, timesText, withoutChannels } from '../wording.ts';

const unet = (first: string, second: string) =>
  exampleSpec({
    latent: '',
    data: `
data facades from paired("data/sketch", "data/photo") {
  sketch: [16, 16, 3] in [-1, 1]
  photo:  [16, 16, 3] in [-1, 1]
}`,
    generator: `
generator G(sketch: facades.sketch) -> facades.photo {
  e1 = sketch -> conv2d(8, kernel: 4, stride: 2) -> relu
  e2 = e1 -> conv2d(16, kernel: 4, stride: 2) -> relu
  e3 = e2 -> conv2d(16, kernel: 4, stride: 2) -> relu
  return e3 -> conv2d_transpose(16, kernel: 4, stride: 2) -> relu -> concat(${first})
     -> conv2d_transpose(8, kernel: 4, stride: 2) -> relu -> concat(${second})
     -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
    discriminator: `
discriminator D(sketch: facades.sketch, photo: facades.photo) -> [8, 8, 1] {
  concat(sketch, photo) -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> conv2d(1, kernel: 3)
}`,
    train: `
train on facades {
  batch: 4
  steps: 10_000
  fake = G(facades.sketch)
  update D {
    loss: bce(D(facades.sketch, facades.photo), 1) + bce(D(facades.sketch, fake), 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(facades.sketch, fake), 1) + 100 * l1(fake, facades.photo)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`,
  });

export const concatSizeMismatch = defineDiagnostic<
  {
    /** What flows in, or the first argument. */
    readonly arriving: readonly Shown[];
    /** What is joined to it. */
    readonly joined: readonly Shown[];
    /** The name of what is joined, as written: `e5`. */
    readonly joinedName?: string | null;
    /** Tensors of the same body that could be joined, small maps first: size 4 is called e6. */
    readonly levels?: readonly { readonly size: Shown; readonly name: string }[];
    /** The tensor whose size fits. */
    readonly suggestion?: string | null;
  },
  'joined' | 'arriving'
>({
  code: 'concat-size-mismatch',
  severity: 'error',
  number: 15,
  title: 'A join of maps of different sizes',
  message: ({ arriving, joined, joinedName }) =>
    arriving.length !== joined.length
      ? `this joins ${shapeText(arriving)} with ${shapeText(joined)}`
      : `this ${joinedName ? 'skip joins' : 'joins'} ${timesText(withoutChannels(arriving))} with ${timesText(
          withoutChannels(joined),
        )}`,
  label: () => 'every size but the last must match',
  labels: {
    joined: ({ joined, joinedName }) => `${joinedName ?? 'this'} is ${shapeText(joined)}`,
    arriving: ({ arriving }) => `${shapeText(arriving)} arrives here`,
  },
  notes: ({ levels }) =>
    levels && levels.length > 1
      ? [
          `Skips must meet at the same level: ${levels.map(({ size, name }) => `${size}: ${name}`).join('   ')}`,
        ]
      : [],
  help: ({ suggestion }) =>
    suggestion
      ? `use ${suggestion}`
      : 'bring both to one size first, with a stride, upsample, avg_pool or crop',
  explanation: `
\`concat\` puts maps side by side along the channels, so all their other sizes must be equal. In a U-Net this is the
skip that is joined at the wrong level: the decoder has doubled up to 4 × 4, and the encoder's tensor is 8 × 8. The
note lists which tensor belongs to which level.

**What to do.** Join the tensor of the same level; a missing or extra doubling shifts all of them.

Ronneberger, Fischer & Brox, *U-Net*, 2015. Isola et al., *Image-to-Image Translation with Conditional Adversarial
Networks*, 2017.
`,
  bad: unet('e1', 'e1'),
  good: unet('e2', 'e1'),
});
