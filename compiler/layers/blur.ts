import { Dim } from '../3-check/dim.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { sizeCollapsed } from '../diagnostics/codes/size-collapsed.ts';
import { defineLayer } from './layer.ts';
import { filtered, middlePadding, tapsArgument, tapsFit } from './parts/fir.ts';
import { inputOfKind } from './parts/rank.ts';
import { paddingFor, paddingOf } from './parts/windows.ts';

export const blur = defineLayer({
  name: 'blur',
  summary: 'a fixed smooth filter over a map, which may enlarge or shrink it',
  documentation: `
\`[H, W, C] -> [H, W, C]\` by default: every channel is filtered by \`taps\` along each axis, divided by their sum, with zeros around.
No weights.

* \`blur(up: 2)\` enlarges: zeros between the pixels, then the filter, as bright as before. \`blur(down: 2)\` shrinks: the filter, then
  every second pixel (⌊H / 2⌋), so that fine patterns do not turn into coarse ones.
* \`padding: "same"\` keeps the middle in its place; numbers are zeros around the spread map, and leave H · up + before + after − taps + 1,
  of which one in \`down\` is kept. StyleGAN2's discriminator halves by
  \`blur(padding: 2) -> conv2d(filters, kernel: 3, stride: 2, padding: "valid")\`.

Zhang, *Making Convolutional Networks Shift-Invariant Again*, 2019. Karras et al., *Analyzing and Improving the Image Quality of
StyleGAN*, 2020.
`,
  inputs: 'one',
  arguments: [
    tapsArgument,
    { name: 'up', kind: 'int', summary: 'how many times as large', default: 1, min: 1 },
    { name: 'down', kind: 'int', summary: 'how many times as small', default: 1, min: 1 },
    {
      name: 'padding',
      kind: 'padding',
      summary: '"same", "valid" (none), a number of zeros, or one or [before, after] per axis',
      default: 'same',
    },
  ],
  shape(query) {
    const { args } = query;
    const x = inputOfKind(query, 'blur', 'map');
    const padding = x && paddingFor(query, 'blur', x.length - 1);
    if (!padding || !tapsFit(query, 'blur')) return null;
    const [up, down] = [args.int('up'), args.int('down')];
    if (up > 1 && down > 1) {
      const facts = { call: 'blur', name: 'down', wanted: '1 where up is more than 1', given: String(down) };
      return query.report(argumentValue, { at: args.span('down') ?? query.span, facts });
    }
    const taps = args.perAxis('taps', 1).length;
    const lengths = x.slice(0, -1).map((length, axis) => {
      if (padding === 'same') return length.times(up).floorOver(down);
      const [before, after] = padding === 'valid' ? [0, 0] : padding[axis]!;
      return length
        .times(up)
        .plus(before + after - taps)
        .floorOver(down)
        .plus(1);
    });
    if (lengths.every(({ value }) => value === null || value > 0)) return [...lengths, x.at(-1)!];
    const window = lengths.map(() => Dim.of(padding === 'same' ? down : taps));
    return query.report(sizeCollapsed, { facts: { layer: 'blur', given: x.slice(0, -1), window } });
  },
  range([x], args) {
    const [taps, up] = [args.perAxis('taps', 1), args.int('up')];
    const sum = taps.reduce((a, b) => a + b, 0);
    // Which of the taps meet a pixel and which a zero between two depends on the place.
    const phases = Array.from({ length: up }, (_, phase) =>
      taps.reduce((total, tap, at) => (at % up === phase ? total + (tap * up) / sum : total), 0),
    );
    const most = Math.max(...phases) ** 3;
    return { low: Math.min(0, x!.low * most), high: Math.max(0, x!.high * most) };
  },
  lower({ inputs: [x], args }) {
    const axes = x!.shape.length - 2;
    const [taps, up, down] = [args.perAxis('taps', 1), args.int('up'), args.int('down')];
    const written = paddingOf(args, axes);
    const each = written === 'same' ? middlePadding(taps.length, up, down) : ([0, 0] as const);
    const padding = typeof written === 'string' ? Array.from({ length: axes }, () => each) : written;
    return filtered(x!, { taps, up, down, padding });
  },
  examples: [
    { call: 'blur', inputs: [[3, 4, 2]], output: [3, 4, 2] },
    { call: 'blur(up: 2)', inputs: [[2, 3, 1]], output: [4, 6, 1] },
    { call: 'blur(down: 2)', inputs: [[4, 6, 1]], output: [2, 3, 1] },
    { call: 'blur([1, 2, 1], down: 2)', inputs: [[5, 2]], output: [2, 2] },
    { call: 'blur(padding: 2)', inputs: [[4, 2, 1]], output: [5, 3, 1] },
    { call: 'blur([1, 2, 1], padding: "valid")', inputs: [[3, 3, 4, 1]], output: [1, 1, 2, 1] },
  ],
});
