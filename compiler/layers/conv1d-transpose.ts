import { defineTransposedConvolution } from './parts/transposed-convolution.ts';

export const conv1dTranspose = defineTransposedConvolution({
  name: 'conv1d_transpose',
  axes: 1,
  summary: 'the way back of conv1d: enlarges a sequence by the stride',
  documentation: `
\`[T, C] -> [T*stride, filters]\` with the default \`padding: "same"\`. Everything else is as in \`conv2d_transpose\`, with one
axis. The trained \`kernel\` is [kernel, filters/groups, C].

Donahue, McAuley & Puckette, *Adversarial Audio Synthesis* (WaveGAN), 2019.
`,
  examples: [
    {
      call: 'conv1d_transpose(3, kernel: 4, stride: 2, weights: weight_norm)',
      inputs: [[3, 2]],
      output: [6, 3],
      weights: 30,
    },
    { call: 'conv1d_transpose(3, kernel: 25, stride: 4)', inputs: [[2, 1]], output: [8, 3], weights: 78 },
    {
      call: 'conv1d_transpose(2, kernel: 3, stride: 2, padding: 1, output_padding: 1, bias: false)',
      inputs: [[3, 2]],
      output: [6, 2],
      weights: 12,
    },
    {
      call: 'conv1d_transpose(4, kernel: 2, groups: 2, padding: 0)',
      inputs: [[3, 2]],
      output: [4, 4],
      weights: 12,
    },
  ],
});
