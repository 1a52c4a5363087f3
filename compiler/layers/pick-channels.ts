import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { inputOfKind } from './parts/rank.ts';

export const pickChannels = defineLayer({
  name: 'pick_channels',
  summary: 'some neighbouring channels of a tensor: what concat has put together, apart again',
  documentation: `
\`[…, C] -> […, count]\`: \`pick_channels(3)\` takes the first three channels, \`pick_channels(3, from: 3)\` the three after them. A tensor
of any shape that has channels; a vector [n] is all channels.

What is concatenated, changed and taken apart again has gone through the same change: \`random_crop\` says how two pictures are cut
at the same place. Half of the channels as a gate for the other half is a gated linear unit (Dauphin et al., 2017), as FastGAN has it:

    module Glu(x: [H, W, C]) -> [H, W, C/2] {
      (x -> pick_channels(C/2)) * (x -> pick_channels(C/2, from: C/2) -> sigmoid)
    }
`,
  inputs: 'one',
  arguments: [
    { name: 'count', kind: 'size', summary: 'how many channels', min: 1 },
    { name: 'from', kind: 'int', summary: 'how many are before them', default: 0, min: 0 },
  ],
  shape(query) {
    const { inputs, args, span, report } = query;
    const [x] = inputs;
    if (x!.length === 0) return inputOfKind(query, 'pick_channels', 'vector');
    const [count, from] = [args.dim('count'), args.int('from')];
    const channels = x!.at(-1)!.value;
    if (channels === null || count.value === null || from + count.value <= channels) {
      return [...x!.slice(0, -1), count];
    }
    const left = Math.max(0, channels - from);
    return report(argumentValue, {
      at: args.span(left === 0 ? 'from' : 'count') ?? span,
      facts: {
        call: 'pick_channels',
        name: left === 0 ? 'from' : 'count',
        wanted: `at most ${left === 0 ? channels - 1 : left}, since ${channels} channels arrive`,
        given: left === 0 ? String(from) : `${count} after the first ${from}`,
      },
    });
  },
  range: ([x]) => x!,
  lower: ({ inputs: [x], args }) =>
    t.slice(
      x!,
      x!.shape.map((_, axis) => (axis === x!.shape.length - 1 ? args.int('from') : 0)),
      x!.shape.with(-1, args.int('count')),
    ),
  examples: [
    { call: 'pick_channels(2)', inputs: [[5]], output: [2] },
    { call: 'pick_channels(1, from: 2)', inputs: [[2, 2, 3]], output: [2, 2, 1] },
  ],
});
