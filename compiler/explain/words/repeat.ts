import type { Word } from './word.ts';

export const repeat: Word = {
  kind: 'form',
  name: 'repeat',
  is: 'A step of a flow',
  summary: 'its layers so many times, each time with weights of their own',
  example: {
    declarations: `
module Residual(x: [H, W, C]) -> [H, W, C] {
  h = x -> conv2d(C, kernel: 3) -> relu -> conv2d(C, kernel: 3)
  return x + h
}`,
    generator: `
generator G(z) -> faces.image {
  z -> dense(4*4 * 16) -> reshape(4, 4, 16) -> relu
    -> repeat 3 { Residual }
    -> repeat 2 { upsample(2) -> conv2d(16, kernel: 3) -> relu }
    -> conv2d(3, kernel: 3) -> tanh
}`,
  },
  text: () => [TEXT],
};

const TEXT = `
The number is a whole one, a \`param\` or an \`int\` of a module, or calculated of those; 0 does nothing. Each round takes what
the one before it made. A \`network\` has the same weights in all rounds, which are then steps of a recursion with shared weights.
Rounds that differ are \`for\`.
`;
