import type { Word } from './word.ts';

export const flow: Word = {
  kind: 'form',
  name: 'flow',
  also: ['return', 'arrow', '->'],
  is: 'A form of the language, written `->`',
  summary: 'one layer after the other, each of what the one before it made',
  example: {
    generator: `
generator G(z) -> faces.image {
  h = z -> dense(4*4 * 16) -> reshape(4, 4, 16) -> relu
  small = h -> conv2d(3, kernel: 3)
  large = h -> upsample(4) -> conv2d(3, kernel: 3)
  return (small -> upsample(4)) + large -> tanh
}`,
  },
  text: () => [TEXT],
};

const TEXT = `
A step is a layer, a function, a module, a network, a loss with one input, \`for\`, \`repeat\`, \`per_frame\` or \`none\`. What
flows in is its first input; others stand in the parentheses, \`h -> concat(skip)\`, \`h -> D(y)\`. One that has all of its inputs
there stands alone: \`concat(a, b)\`, \`relu(a - b)\`, \`D(x, y)\`. Within parentheses a flow is a value like any other: \`h + (h
-> conv2d(16) -> relu)\`, and in lists of arguments \`concat(h, y -> embed(8))\`. Arithmetic binds closer than an arrow: \`a + b
-> relu\` is \`(a + b) -> relu\`.

The body of a network or a module is one flow, or flows with names and a \`return\`. A name is used beneath the line where it is
given, as often as one likes; it is a value, and using it twice calculates it once. In \`train\` there is no \`return\`: losses
are what is calculated there.
`;
