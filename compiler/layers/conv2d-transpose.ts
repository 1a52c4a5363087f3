import { defineTransposedConvolution } from './parts/transposed-convolution.ts';

export const conv2dTranspose = defineTransposedConvolution({
  name: 'conv2d_transpose',
  axes: 2,
  summary: 'the way back of conv2d: every pixel paints a trained window, enlarging the image by the stride',
  documentation: `
\`[H, W, C] -> [H*stride, W*stride, filters]\` with the default \`padding: "same"\`. The trained \`kernel\` is
[kernel, kernel, filters, C], drawn by glorot_uniform unless \`init\` says otherwise; a trained \`bias\` of [filters], 0 at
first, is added unless \`bias: false\`.

* \`padding: "valid"\` keeps all that is painted: (H − 1) · stride + kernel.
* \`padding: 1\` cuts 1 off every side, as PyTorch does: (H − 1) · stride + kernel − 2.
* \`output_padding\` adds rows at the end, for networks that were published with it; not with \`"same"\`.

PyTorch's \`ConvTranspose2d(3, 2, 1, output_padding=1)\` is \`kernel: 3, stride: 2, padding: 1, output_padding: 1\`; its
\`ConvTranspose2d(4, 1, 0)\` makes the first 4 × 4 of a DCGAN: \`reshape(1, 1, 100) -> conv2d_transpose(512, kernel: 4, padding: 0)\`.
\`dilation\` and \`groups\` are those of \`conv2d\`; with groups the kernel is [kernel, kernel, filters/groups, C].

A kernel that is not a multiple of the stride gives some pixels more paint than others, which shows as a checkerboard
(Odena, Dumoulin & Olah, *Deconvolution and Checkerboard Artifacts*, 2016): use \`kernel: 4, stride: 2\`.

Dumoulin & Visin, *A guide to convolution arithmetic for deep learning*, 2016.
`,
  examples: [
    {
      call: 'conv2d_transpose(3, kernel: 4, stride: 2, bias: false)',
      inputs: [[2, 3, 2]],
      output: [4, 6, 3],
      weights: 96,
    },
    { call: 'conv2d_transpose(2)', inputs: [[3, 2, 1]], output: [3, 2, 2], weights: 20 },
    {
      call: 'conv2d_transpose(1, kernel: 5, stride: 2)',
      inputs: [[2, 2, 2]],
      output: [4, 4, 1],
      weights: 51,
    },
    { call: 'conv2d_transpose(2, kernel: 1, stride: 2)', inputs: [[2, 2, 1]], output: [4, 4, 2], weights: 4 },
    {
      call: 'conv2d_transpose(2, kernel: 3, stride: 2, padding: 1, output_padding: 1)',
      inputs: [[2, 3, 1]],
      output: [4, 6, 2],
      weights: 20,
    },
    {
      call: 'conv2d_transpose(1, kernel: 3, stride: 2, padding: "valid")',
      inputs: [[2, 2, 2]],
      output: [5, 5, 1],
      weights: 19,
    },
    {
      call: 'conv2d_transpose(2, kernel: [2, 4], stride: [1, 2], padding: [[0, 1], [1, 1]])',
      inputs: [[3, 2, 1]],
      output: [3, 4, 2],
      weights: 18,
    },
    {
      call: 'conv2d_transpose(3, kernel: 4, padding: 0, bias: false)',
      inputs: [[1, 1, 5]],
      output: [4, 4, 3],
      weights: 240,
    },
    {
      call: 'conv2d_transpose(2, kernel: 3, stride: 2, dilation: 2, groups: 2, padding: 1)',
      inputs: [[2, 3, 4]],
      output: [5, 7, 2],
      weights: 38,
    },
    {
      call: 'conv2d_transpose(2, kernel: 2, dilation: 2)',
      inputs: [[3, 2, 1]],
      output: [3, 2, 2],
      weights: 10,
    },
    {
      call: 'conv2d_transpose(2, kernel: 2, stride: 2, weights: spectral_norm)',
      inputs: [[2, 2, 3]],
      output: [4, 4, 2],
      weights: 26,
    },
  ],
});
