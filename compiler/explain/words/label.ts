import { exampleTrain } from '../../diagnostics/example-spec.ts';
import type { Word } from './word.ts';

export const label: Word = {
  kind: 'form',
  name: 'label',
  also: ['class', 'condition'],
  is: 'A type, written `label(10)`',
  summary: 'one class of so many, such as the digit that a picture shows',
  example: {
    data: `
data faces from folder("data/faces") {
  image: [16, 16, 3] in [-1, 1]
  who:   label(5)
}`,
    generator: `
generator G(z, who: label(5)) -> faces.image {
  h = concat(z, who -> embed(8)) -> dense(4*4 * 16) -> reshape(4, 4, 16)
  return h -> upsample(2) -> conditional_batch_norm(who) -> relu
           -> conv2d(8, kernel: 3, bias: false)
           -> upsample(2) -> conditional_batch_norm(who) -> relu
           -> conv2d(3, kernel: 3) -> tanh
}`,
    discriminator: `
discriminator D(x: faces.image, who: label(5)) -> [1] {
  h = x -> for f in [8, 16] { conv2d(f, kernel: 4, stride: 2) -> leaky_relu(0.2) }
        -> global_avg_pool
  return (h -> dense(1)) + (h -> projection(who))
}`,
    sample: `
sample G {
  rows: who
}`,
  },
  around: { train: exampleTrain({ label: 'faces.who' }) },
  text: () => [TEXT],
};

const TEXT = `
A label is no number: class 4 is not twice class 2, so there is no arithmetic with it, and layers of numbers refuse it. \`who ->
embed(8)\` makes a vector of it, \`conditional_batch_norm(who)\` and \`conditional_instance_norm(who)\` follow it,
\`projection(who)\` and \`cross_entropy(logits, who)\` judge by it.

It comes with data, from folders, files or arrays of whole numbers from 0. \`ganc check\` compares the number of classes
everywhere, and wants G and D to be told the same ones. Samples of a network with a label are of the classes that \`rows: who\`
lays out, or that \`ganc sample --label\` names. A class that is drawn and not read is a latent, \`categorical(10)\`.
`;
