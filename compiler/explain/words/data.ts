import { exampleTrain } from '../../diagnostics/example-spec.ts';
import { sources } from '../../sources/index.ts';
import { listOf, type Word } from './word.ts';

export const data: Word = {
  kind: 'declaration',
  name: 'data',
  also: ['dataset', 'from'],
  is: 'A declaration',
  summary: 'a set of examples: where they come from, and the shape and range of each of their fields',
  example: {
    data: `
data faces from folder("data/faces") {
  image: [16, 16, 3] in [-1, 1]
  who:   label(5)
}`,
    generator: `
generator G(z, who: faces.who) -> faces.image {
  h = concat(z, who -> embed(8)) -> dense(4*4 * 16) -> reshape(4, 4, 16) -> relu
  return h -> conv2d_transpose(8, kernel: 4, stride: 2) -> relu
           -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
  },
  around: {
    discriminator: `
discriminator D(x: faces.image, who: faces.who) -> [1] {
  h = x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten
  return (h -> dense(1)) + (h -> projection(who))
}`,
    train: exampleTrain({ label: 'faces.who' }),
  },
  text: () => [TEXT, '## Sources', listOf(sources)],
};

const TEXT = `
A field has a shape and, after \`in\`, the range of its values, or is a label. Pictures are made to fit: scaled to the size that
is declared, with its number of colours, and their levels spread over the range. Other numbers are taken as they are. The page of
a source says which fields it has and in which order; names are your own, but in \`npz\`, whose arrays have names.

In a signature \`faces.image\` stands for the shape and range of the field. In \`train\` it is the field in the batch of this
update. The fields of one set belong together, example by example. Each update goes on where the last one stopped, and every
example has had its turn before any has another. Sets that do not belong together are named one by one, \`train on horses,
zebras\`. One that only \`evaluate\` looks at is not named there.

Paths are relative to the folder of the spec, or to \`--data-root\`.
`;
