import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { kernelArguments, knownWindows, windowsOf } from './parts/convolution.ts';
import { depthwise, seenByTaps } from './parts/depthwise.ts';
import { inputOfKind } from './parts/rank.ts';
import { biasArgument, biasWeight, kernelWeight, trainedArguments } from './parts/weight-arguments.ts';
import { countWindows, dilationArgument } from './parts/windows.ts';

export const separableConv2d = defineLayer({
  name: 'separable_conv2d',
  summary:
    'a window for every channel on its own, then a mixture of the channels: conv2d at a fraction of the weights',
  documentation: `
\`[H, W, C] -> [H/stride, W/stride, filters]\`: a \`depthwise_conv2d\` without a bias, then a \`conv2d\` with \`kernel: 1\`. The trained
\`depthwise\` is [kernel, kernel, C, multiplier], \`pointwise\` [C · multiplier, filters].

Chollet, *Xception: Deep Learning with Depthwise Separable Convolutions*, 2017.
`,
  inputs: 'one',
  arguments: [
    ...kernelArguments,
    { name: 'multiplier', kind: 'int', summary: 'windows for every channel', default: 1, min: 1 },
    biasArgument,
    dilationArgument,
    ...trainedArguments,
  ],
  shape(query) {
    const x = inputOfKind(query, 'separable_conv2d', 'image');
    const windows = x && windowsOf(query, 'separable_conv2d', 2);
    const counts = windows && countWindows(query, 'separable_conv2d', x.slice(0, -1), windows);
    return counts && [...counts, query.args.dim('filters')];
  },
  weights([x], args) {
    const [channels, multiplier, filters] = [x!.at(-1)!, args.int('multiplier'), args.int('filters')];
    const kernel = args.perAxis('kernel', 2);
    const window = t.sizeOf(kernel);
    const between = channels * multiplier;
    return [
      kernelWeight(
        args,
        [...kernel, channels, multiplier],
        { fanIn: window, fanOut: window * multiplier },
        'depthwise',
      ),
      kernelWeight(args, [between, filters], { fanIn: between, fanOut: filters }, 'pointwise'),
      ...biasWeight(args, filters),
    ];
  },
  // And what they make between them.
  keeps: (query) =>
    seenByTaps(query) +
    t.sizeOf(query.output.with(-1, query.inputs[0]!.at(-1)! * query.args.int('multiplier'))),
  lower({ inputs: [x], args, weight }) {
    const between = depthwise(x!, weight('depthwise'), knownWindows(args, 2));
    const kernel = t.reshape(weight('pointwise'), [1, 1, between.shape.at(-1)!, args.int('filters')]);
    const y = t.conv(between, kernel);
    return args.boolean('bias') ? t.add(y, weight('bias')) : y;
  },
  examples: [
    { call: 'separable_conv2d(3, kernel: 2)', inputs: [[3, 2, 2]], output: [3, 2, 3], weights: 17 },
    {
      call: 'separable_conv2d(1, stride: 2, multiplier: 2, bias: false, weights: spectral_norm)',
      inputs: [[2, 2, 2]],
      output: [1, 1, 1],
      weights: 40,
    },
  ],
});
