import { defineConvolution } from './parts/convolution.ts';

export const conv2d = defineConvolution({
  name: 'conv2d',
  axes: 2,
  summary: 'a trained window slides over an image',
  documentation: `
\`[H, W, C] -> [H/stride, W/stride, filters]\` with the default \`padding: "same"\`, rounded up when a size does not
divide (28 → 14 → 7 → 4). The trained \`kernel\` is [kernel, kernel, C/groups, filters], drawn by glorot_uniform unless
\`init\` says otherwise; a trained \`bias\` of [filters], 0 at first, is added unless \`bias: false\`.

* \`padding: "same"\` pads with zeros as TensorFlow does: as many as needed, an odd one at the bottom and right.
* \`padding: "valid"\` pads nothing: ⌊(H − kernel) / stride⌋ + 1.
* \`padding: 1\` pads 1 on every side, as PyTorch does: ⌊(H + 2 − kernel) / stride⌋ + 1.
* \`padding: [2, 1]\` pads 2 above and below, 1 left and right; \`padding: [[top, bottom], [left, right]]\` says it all.

A border that mirrors the image is a layer of its own: \`pad(3, mode: "reflect") -> conv2d(64, kernel: 7, padding: "valid")\`.

\`dilation: 2\` looks at every second pixel. \`groups\` cuts channels and filters into groups that do not see each other.
`,
  examples: [
    { call: 'conv2d(3)', inputs: [[4, 5, 2]], output: [4, 5, 3], weights: 57 },
    {
      call: 'conv2d(3, kernel: 4, stride: 2, bias: false)',
      inputs: [[6, 4, 2]],
      output: [3, 2, 3],
      weights: 96,
    },
    {
      call: 'conv2d(2, kernel: 4, stride: 2, padding: "same")',
      inputs: [[5, 7, 1]],
      output: [3, 4, 2],
      weights: 34,
    },
    { call: 'conv2d(2, kernel: 3, padding: "valid")', inputs: [[5, 4, 2]], output: [3, 2, 2], weights: 38 },
    { call: 'conv2d(1, kernel: 4, padding: 1)', inputs: [[5, 5, 2]], output: [4, 4, 1], weights: 33 },
    {
      call: 'conv2d(2, kernel: [3, 2], stride: [1, 2], padding: [[1, 0], [0, 1]])',
      inputs: [[4, 5, 1]],
      output: [3, 3, 2],
      weights: 14,
    },
    {
      call: 'conv2d(1, kernel: [3, 1], padding: [1, 0], bias: false)',
      inputs: [[3, 2, 1]],
      output: [3, 2, 1],
      weights: 3,
    },
    { call: 'conv2d(2, kernel: 2, groups: 2)', inputs: [[3, 2, 4]], output: [3, 2, 2], weights: 18 },
    { call: 'conv2d(4, dilation: 2, groups: 2)', inputs: [[6, 5, 2]], output: [6, 5, 4], weights: 40 },
    {
      call: 'conv2d(2, kernel: 1, weights: spectral_norm)',
      inputs: [[3, 3, 4]],
      output: [3, 3, 2],
      weights: 10,
    },
  ],
});
