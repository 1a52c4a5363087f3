import { defineConvolution } from './parts/convolution.ts';

export const conv1d = defineConvolution({
  name: 'conv1d',
  axes: 1,
  summary: 'a trained window slides over a sequence',
  documentation: `
\`[T, C] -> [T/stride, filters]\` with the default \`padding: "same"\`, rounded up when a length does not divide. Everything
else is as in \`conv2d\`, with one axis: for sound, time series and rows of numbers. The trained \`kernel\` is
[kernel, C/groups, filters]. \`padding: [[2, 0]]\` with \`kernel: 3\` looks back only.

WaveGAN's phase shuffle, between the layers of D, moves a sequence by at most n places, with its mirror image where it came from:

    module PhaseShuffle(x: [T, C], n: int = 2) -> [T, C] {
      x -> pad(n, mode: "reflect") -> reshape(T + 2*n, 1, C) -> random_translation(n / (T + 2*n))
        -> reshape(T + 2*n, C) -> crop(n)
    }

Donahue, McAuley & Puckette, *Adversarial Audio Synthesis* (WaveGAN), 2019.
`,
  examples: [
    { call: 'conv1d(3)', inputs: [[5, 2]], output: [5, 3], weights: 21 },
    { call: 'conv1d(3, kernel: 25, stride: 4, bias: false)', inputs: [[8, 1]], output: [2, 3], weights: 75 },
    {
      call: 'conv1d(2, kernel: 3, padding: [[2, 0]], dilation: 1)',
      inputs: [[4, 1]],
      output: [4, 2],
      weights: 8,
    },
    {
      call: 'conv1d(4, kernel: 2, dilation: 2, groups: 2, padding: "valid")',
      inputs: [[6, 2]],
      output: [4, 4],
      weights: 12,
    },
    {
      call: 'conv1d(2, kernel: 4, stride: 2, padding: 1, weights: spectral_norm)',
      inputs: [[6, 1]],
      output: [3, 2],
      weights: 10,
    },
  ],
});
