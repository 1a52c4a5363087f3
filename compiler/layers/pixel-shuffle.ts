import { shuffleChannels } from '../diagnostics/codes/shuffle-channels.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { inputOfKind } from './parts/rank.ts';

export const pixelShuffle = defineLayer({
  name: 'pixel_shuffle',
  summary: 'lays channels out as pixels: a map becomes larger and shallower',
  documentation: `
\`[H, W, factor²·C] -> [factor*H, factor*W, C]\`: the channels at a place become a patch of factor × factor pixels, row by row; the
first C channels are its first pixel (TensorFlow's \`depth_to_space\`; PyTorch, whose channels come first, orders them otherwise).

Shi et al., *Real-Time Single Image and Video Super-Resolution Using an Efficient Sub-Pixel CNN*, 2016.
`,
  inputs: 'one',
  arguments: [{ name: 'factor', kind: 'int', summary: 'how many times as large', default: 2, min: 1 }],
  shape(query) {
    const x = inputOfKind(query, 'pixel_shuffle', 'image');
    if (!x) return null;
    const [height, width, channels] = x;
    const factor = query.args.int('factor');
    const divisor = factor * factor;
    const left = channels!.over(divisor);
    if (left) return [height!.times(factor), width!.times(factor), left];
    const layer = `pixel_shuffle(${factor})`;
    return query.report(shuffleChannels, { facts: { layer, channels: channels!, divisor, which: 'input' } });
  },
  range: ([x]) => x!,
  lower: ({ inputs: [x], args }) => t.pixelShuffle(x!, args.int('factor')),
  examples: [
    { call: 'pixel_shuffle(2)', inputs: [[2, 3, 8]], output: [4, 6, 2] },
    { call: 'pixel_shuffle(3)', inputs: [[1, 2, 9]], output: [3, 6, 1] },
  ],
});
