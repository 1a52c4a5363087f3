import { PARAMETER_TYPES } from '../../3-check/signature.ts';
import type { Word } from './word.ts';

export const module: Word = {
  kind: 'declaration',
  name: 'module',
  also: ['key', ...PARAMETER_TYPES.keys()],
  is: 'A declaration',
  summary: 'a recipe for layers, for any sizes that fit; every use of it has weights of its own',
  example: {
    declarations: `
module Up(x: [H, W, C], filters: int, norm: layer = batch_norm) -> [2*H, 2*W, filters] {
  x -> conv2d_transpose(filters, kernel: 4, stride: 2, bias: false) -> norm -> relu
}

module Residual(x: [H, W, C]) -> [H, W, C] {
  h = x -> conv2d(C, kernel: 3) -> relu -> conv2d(C, kernel: 3)
  return x + h
}`,
    generator: `
generator G(z) -> faces.image {
  z -> dense(4*4 * 16) -> reshape(4, 4, 16) -> relu
    -> for f in [16, 8] { Up(f) -> Residual }
    -> conv2d(3, kernel: 3) -> tanh
}`,
  },
  text: () => [TEXT, '## Inputs', INPUTS, KEY],
};

const TEXT = `
Capital names in the signature are sizes, found from what flows in and the same wherever they stand: \`ganc explain shape\`. A
module is checked once, for all sizes: a mistake in it is reported there, with a use.

What flows in is its first input, the rest stands in the parentheses: \`x -> Up(64)\`, or \`Up(x, 64)\`. The body sees the inputs
and sizes of the module and what the spec declares, and nothing of where it is used. It is one flow, or named ones and \`return\`;
of several results it returns a record. A module may use others, but not itself, and it may be imported.
`;

const INPUTS = `
* \`x: [H, W, C]\`: a tensor; also \`label(N)\`, and a field such as \`faces.image\`
* \`x\`: a tensor of any shape
* ${[...new Set(PARAMETER_TYPES.values())].map((type) => `\`${type}\``).join(', ')}: no tensors, but known when the spec is
checked; a whole number may stand in shapes
* \`norm: layer\`: a layer with its arguments, such as \`leaky_relu(0.2)\`, or \`none\`, which does nothing
* \`filters: int = 64\`: one that may be left out
`;

const KEY = `
Weights have their path from where a module is used: the second \`Up\` of a network is \`up.2\`. An input \`key\`, a number or a
word, takes the place of the count, for networks that change from stage to stage: \`ganc explain stage\`.
`;
