import type { Word } from './word.ts';

export const shape: Word = {
  kind: 'form',
  name: 'shape',
  also: ['size', 'ceil'],
  is: 'A form of the language, written `[H, W, C]`',
  summary: 'the sizes of a tensor, channels last and without the batch',
  example: {
    declarations: `
module Down(x: [H, W, C], filters: int) -> [H/2, W/2, filters] {
  x -> conv2d(filters, kernel: 4, stride: 2) -> leaky_relu(0.2)
}

module Tokens(x: [H, W, C]) -> [H * W, C] {
  x -> reshape(H * W, C)
}`,
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> Down(8) -> Down(16) -> Tokens -> gru(16, output: last) -> dense(1)
}`,
  },
  text: () => [TEXT, RANKS],
};

const TEXT = `
\`[64, 64, 3]\` is an image, \`[100]\` a vector, \`[1]\` a score. The examples of a batch are never counted.

In the signature of a module capital names are sizes to be found: \`x: [H, W, C]\` takes any image, and \`H\` is the same number
wherever it stands, in the body too. Sizes are calculated with \`+\`, \`-\`, \`*\` and \`/\`. A signature with \`H/2\` takes an
even H only; \`ceil(H/2)\` and \`floor(H/2)\` take any and round. What a signature divides by is a number; what
else it says, \`T/p\`, is taken as it comes out. A size that only the output has is given by an input such as
\`filters: int\`. In networks, data and latents sizes are numbers and params.
`;

const RANKS = `
What layers and messages call shapes:

* vector: \`[n]\`, for \`dense\`
* sequence: \`[T, C]\`, such as sound, series and words, for \`conv1d\`, \`gru\`, \`multi_head_attention\`
* image or map: \`[H, W, C]\`, for \`conv2d\`
* clip: \`[T, H, W, C]\`, for \`conv3d\`, or \`per_frame\` and layers of images

\`flatten\`, \`global_avg_pool\` and \`reshape\` make one of the other.
`;
