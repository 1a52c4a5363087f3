import type { Word } from './word.ts';

export const inWord: Word = {
  kind: 'form',
  name: 'in',
  also: ['range'],
  is: 'A part of a type',
  summary: 'the smallest and the largest value that a tensor may hold',
  example: {
    data: `
data faces from folder("data/faces") {
  image: [16, 16, 3] in [0, 1]
}`,
    generator: `
generator G(z) -> [16, 16, 3] in [0, 1] {
  z -> dense(4*4 * 16) -> reshape(4, 4, 16) -> relu
    -> conv2d_transpose(8, kernel: 4, stride: 2) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> sigmoid
}`,
  },
  text: () => [TEXT],
};

const TEXT = `
The range of data is what its pictures are converted to, and what other numbers are held to. \`faces.image\` as a type is the
shape with its range. Without \`in\` a tensor may hold anything.

Ranges are calculated through layers and arithmetic: \`tanh\` gives [-1, 1], \`sigmoid\` [0, 1], \`2 * x - 1\` of that [-1, 1].
What a network returns must lie in the range that its signature says, and fill it: \`tanh\` for data in [0, 1] is a mistake, and
so is \`sigmoid\` for data in [-1, 1].

\`in\` also stands in \`for f in […]\`.
`;
