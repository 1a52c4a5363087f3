import { defineConvolution } from './parts/convolution.ts';

export const conv3d = defineConvolution({
  name: 'conv3d',
  axes: 3,
  summary: 'a trained window slides over a clip, in time as well',
  documentation: `
\`[T, H, W, C] -> [T/stride, H/stride, W/stride, filters]\` with the default \`padding: "same"\`, rounded up when a size
does not divide. Everything else is as in \`conv2d\`, with a third axis in front: \`stride: [1, 2, 2]\` keeps the frames
and halves height and width. The trained \`kernel\` is [kernel, kernel, kernel, C/groups, filters].

Tran et al., *Learning Spatiotemporal Features with 3D Convolutional Networks*, 2015.
`,
  examples: [
    { call: 'conv3d(2)', inputs: [[2, 3, 3, 1]], output: [2, 3, 3, 2], weights: 56 },
    {
      call: 'conv3d(2, kernel: 4, stride: 2, bias: false)',
      inputs: [[4, 4, 2, 1]],
      output: [2, 2, 1, 2],
      weights: 128,
    },
    {
      call: 'conv3d(1, kernel: [1, 3, 3], stride: [1, 2, 2], padding: "same")',
      inputs: [[2, 5, 3, 2]],
      output: [2, 3, 2, 1],
      weights: 19,
    },
    {
      call: 'conv3d(2, kernel: 2, padding: "valid")',
      inputs: [[3, 2, 3, 1]],
      output: [2, 1, 2, 2],
      weights: 18,
    },
    {
      call: 'conv3d(1, kernel: 2, padding: 1, weights: spectral_norm)',
      inputs: [[2, 2, 2, 1]],
      output: [3, 3, 3, 1],
      weights: 9,
    },
    {
      call: 'conv3d(2, kernel: [2, 1, 3], dilation: [1, 1, 2], groups: 2, padding: [[1, 0], [0, 0], [2, 2]])',
      inputs: [[2, 1, 3, 2]],
      output: [2, 1, 3, 2],
      weights: 14,
    },
  ],
});
