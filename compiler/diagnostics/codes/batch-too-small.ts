import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';

const made = (first: string) =>
  exampleSpec({
    generator: `
generator G(z) -> faces.image {
  z -> dense(32, bias: false) -> ${first} -> relu -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
    train: exampleTrain({ batch: 1 }),
  });

export const batchTooSmall = defineDiagnostic<
  {
    /** `batch_norm` */
    readonly layer: string;
    /** The map that comes in, as `[1, 1, 512]`. */
    readonly shape: readonly number[];
  },
  'batch'
>({
  code: 'batch-too-small',
  severity: 'error',
  number: 49,
  title: 'A batch normalisation that has a single number per channel',
  message: ({ layer, shape }) =>
    `${layer} gives nothing but zeros here: with batch 1, [${shape.join(', ')}] is one number per channel`,
  label: () => 'each number is its own mean, which is subtracted',
  labels: { batch: () => 'one example at a time' },
  notes: () => [
    'Whatever comes in, the same comes out; no gradient gets past it, and what is before it never learns.',
  ],
  help: ({ layer }) => `remove this ${layer}, or train with batch: 2 or more`,
  explanation: `
Batch normalisation subtracts the mean of each channel over all examples of the batch and all places of the map. With
one example and a map of 1 × 1, or a vector, that is the number itself: the result is zero, always, plus the trained
shift.

It happens in the middle of a U-Net that halves 256 pixels eight times and is trained one picture at a time. Networks
published for batch 1, pix2pix among them, have no normalisation at that one place.

**What to do.** Leave out the normalisation where the map is 1 × 1, or train with a batch of 2 or more.

Ioffe & Szegedy, *Batch Normalization*, 2015. Isola et al., *Image-to-Image Translation with Conditional Adversarial
Networks*, 2017, whose errata report a bottleneck that was zeroed in this way.
`,
  bad: made('batch_norm'),
  good: made('layer_norm'),
});
