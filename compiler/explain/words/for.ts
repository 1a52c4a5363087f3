import type { Word } from './word.ts';

export const forWord: Word = {
  kind: 'form',
  name: 'for',
  also: ['loop'],
  is: 'A step of a flow',
  summary: 'its layers once for every entry of a list',
  example: {
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> for f in [8, 16, 32] { conv2d(f, kernel: 4, stride: 2) -> leaky_relu(0.2) }
    -> flatten -> dense(1)
}`,
  },
  text: () => [TEXT],
};

const TEXT = `
Each round takes what the one before it made, and has weights of its own; a \`network\` in it has the same in all. The list is
written there or is a \`param\`, which \`--set\` and stages change; its entries may be calculated, \`[4*ch, 2*ch, ch]\`, or be
layers. One with nothing in it does nothing, so that a block can be there or not: \`for f in new { Grow(f) }\`.

A name cannot be given within the braces: what needs several steps is a \`module\`, which can be used there. \`ganc expand\`
writes every round out.
`;
