import { defineTransposedConvolution } from './parts/transposed-convolution.ts';

export const conv3dTranspose = defineTransposedConvolution({
  name: 'conv3d_transpose',
  axes: 3,
  summary: 'the way back of conv3d: enlarges a clip by the stride, in time as well',
  documentation: `
\`[T, H, W, C] -> [T*stride, H*stride, W*stride, filters]\` with the default \`padding: "same"\`. Everything else is as in
\`conv2d_transpose\`, with a third axis in front. The trained \`kernel\` is [kernel, kernel, kernel, filters, C].

Vondrick, Pirsiavash & Torralba, *Generating Videos with Scene Dynamics*, 2016.
`,
  examples: [
    {
      call: 'conv3d_transpose(2, kernel: 4, stride: 2, bias: false)',
      inputs: [[1, 2, 1, 1]],
      output: [2, 4, 2, 2],
      weights: 128,
    },
    { call: 'conv3d_transpose(1)', inputs: [[2, 2, 3, 2]], output: [2, 2, 3, 1], weights: 55 },
    {
      call: 'conv3d_transpose(1, kernel: [1, 2, 2], stride: [1, 2, 2], weights: spectral_norm)',
      inputs: [[2, 1, 2, 2]],
      output: [2, 2, 4, 1],
      weights: 9,
    },
    {
      call: 'conv3d_transpose(1, kernel: 3, stride: 2, padding: 1, output_padding: 1)',
      inputs: [[1, 2, 1, 1]],
      output: [2, 4, 2, 1],
      weights: 28,
    },
    {
      call: 'conv3d_transpose(2, kernel: [2, 1, 2], stride: [2, 1, 1], groups: 2, padding: [0, 0, 1])',
      inputs: [[1, 2, 3, 2]],
      output: [2, 2, 2, 2],
      weights: 10,
    },
  ],
});
