import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { kernelArgument, knownWindows, windowsOf } from './parts/convolution.ts';
import { depthwise, seenByTaps } from './parts/depthwise.ts';
import { inputOfKind } from './parts/rank.ts';
import { biasArgument, biasWeight, kernelWeight, trainedArguments } from './parts/weight-arguments.ts';
import { countWindows, dilationArgument, paddingArgument, strideArgument } from './parts/windows.ts';

export const depthwiseConv2d = defineLayer({
  name: 'depthwise_conv2d',
  summary: 'a trained window for every channel on its own',
  documentation: `
\`[H, W, C] -> [H/stride, W/stride, C*multiplier]\` with the default \`padding: "same"\`; sizes, padding and dilation are those of
\`conv2d\`. The trained \`kernel\` is [kernel, kernel, C, multiplier]: every channel is seen by \`multiplier\` windows, whose results lie
side by side, and by no other channel's. PyTorch writes it as a convolution with as many groups as channels.

Chollet, *Xception: Deep Learning with Depthwise Separable Convolutions*, 2017.
`,
  inputs: 'one',
  arguments: [
    kernelArgument,
    strideArgument,
    paddingArgument,
    { name: 'multiplier', kind: 'int', summary: 'windows for every channel', default: 1, min: 1 },
    biasArgument,
    dilationArgument,
    ...trainedArguments,
  ],
  shape(query) {
    const x = inputOfKind(query, 'depthwise_conv2d', 'image');
    const windows = x && windowsOf(query, 'depthwise_conv2d', 2);
    const counts = windows && countWindows(query, 'depthwise_conv2d', x.slice(0, -1), windows);
    return counts && [...counts, x.at(-1)!.times(query.args.int('multiplier'))];
  },
  weights([x], args) {
    const [channels, multiplier] = [x!.at(-1)!, args.int('multiplier')];
    const kernel = args.perAxis('kernel', 2);
    const fans = { fanIn: t.sizeOf(kernel), fanOut: t.sizeOf(kernel) * multiplier };
    return [
      kernelWeight(args, [...kernel, channels, multiplier], fans),
      ...biasWeight(args, channels * multiplier),
    ];
  },
  keeps: seenByTaps,
  lower({ inputs: [x], args, weight }) {
    const y = depthwise(x!, weight('kernel'), knownWindows(args, 2));
    return args.boolean('bias') ? t.add(y, weight('bias')) : y;
  },
  examples: [
    { call: 'depthwise_conv2d(2)', inputs: [[3, 2, 2]], output: [3, 2, 2], weights: 10 },
    {
      call: 'depthwise_conv2d(kernel: [3, 2], stride: 2, multiplier: 2, bias: false)',
      inputs: [[4, 4, 2]],
      output: [2, 2, 4],
      weights: 24,
    },
    {
      call: 'depthwise_conv2d(2, dilation: 2, padding: [[1, 0], [0, 1]])',
      inputs: [[3, 3, 1]],
      output: [2, 2, 1],
      weights: 5,
    },
  ],
});
