import { Arguments, type CallValue } from '../arguments/arguments.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { rankMismatch } from '../diagnostics/codes/rank-mismatch.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { filtered, tapsArgument, tapsFit } from './parts/fir.ts';
import { inputOfKind } from './parts/rank.ts';
import {
  biasArgument,
  biasWeight,
  constraintArgument,
  initArgument,
  kernelWeight,
  lrArgument,
} from './parts/weight-arguments.ts';

/** Keeps the root of a kernel of zeros away from 0. */
const TINY = 1e-8;

const EQUALIZED: CallValue = { name: 'equalized', arguments: new Arguments(new Map([['gain', 1]])) };

export const modulatedConv2d = defineLayer({
  name: 'modulated_conv2d',
  summary: 'a convolution whose kernel is scaled for every example by a style',
  documentation: `
\`x -> modulated_conv2d(filters, style: w)\`, \`[H, W, C] -> [H*up, W*up, filters]\`. A trained \`affine\` of [n, C] and \`affine_bias\` of [C],
1 at first, make a scale per channel of the style, a vector [n]. The \`kernel\`, [kernel, kernel, C, filters], is multiplied by it, and
with \`demodulate: true\` divided by the root of its sum of squares per filter, so that every output keeps the size that its input
had: what instance normalisation did in StyleGAN, without looking at the data. A trained \`bias\` per filter is added.

* \`up: 2\` enlarges: a transposed convolution, then the filter of \`taps\`, as \`blur\` does.
* Kernel and affine are held by \`equalized(gain: 1)\` unless \`weights\` says otherwise.
* The layer that makes colours has \`kernel: 1, demodulate: false\`; a layer of the synthesis network goes on with
  \`-> learned_noise(per_channel: false) -> leaky_relu(0.2)\`.

Karras et al., *Analyzing and Improving the Image Quality of StyleGAN*, 2020.
`,
  inputs: 'one',
  sides: [{ name: 'style', summary: 'a vector [n] for every example', takes: 'tensor' }],
  arguments: [
    { name: 'filters', kind: 'size', summary: 'number of channels that come out', min: 1 },
    {
      name: 'kernel',
      kind: 'int',
      summary: 'size of the window, an odd number of pixels',
      default: 3,
      min: 1,
    },
    {
      name: 'demodulate',
      kind: 'boolean',
      summary: 'whether the scaled kernel is brought to length 1',
      default: true,
    },
    { name: 'up', kind: 'int', summary: 'how many times as large', default: 1, min: 1 },
    tapsArgument,
    biasArgument,
    { ...initArgument, summary: 'where kernel and affine are drawn at first; none: normal' },
    { ...constraintArgument, summary: 'how kernel and affine are held; none: equalized(gain: 1)' },
    lrArgument,
  ],
  shape(query) {
    const x = inputOfKind(query, 'modulated_conv2d', 'image');
    if (!x || !tapsFit(query, 'modulated_conv2d')) return null;
    const [kernel, style] = [query.args.raw('kernel'), query.inputs[1]!];
    if (style.length !== 1) {
      return query.report(rankMismatch, {
        at: query.inputSpans[1]!,
        facts: { layer: 'style of modulated_conv2d', wanted: 'vector', given: style },
      });
    }
    if (typeof kernel !== 'number' || kernel % 2 === 0) {
      return query.report(argumentValue, {
        at: query.args.span('kernel') ?? query.span,
        facts: { call: 'modulated_conv2d', name: 'kernel', wanted: 'one odd number', given: String(kernel) },
      });
    }
    const up = query.args.int('up');
    return [x[0]!.times(up), x[1]!.times(up), query.args.dim('filters')];
  },
  weights([x, style], args) {
    const [channels, filters, kernel] = [x!.at(-1)!, args.int('filters'), args.int('kernel')];
    const window = kernel * kernel;
    const constraint = args.call('weights') ?? EQUALIZED;
    const fans = { fanIn: window * channels, fanOut: window * filters };
    const affine = { fanIn: style![0]!, fanOut: channels };
    return [
      { ...kernelWeight(args, [kernel, kernel, channels, filters], fans), constraint },
      { ...kernelWeight(args, [style![0]!, channels], affine, 'affine'), constraint },
      { name: 'affine_bias', shape: [channels], kind: 'weight', initial: { kind: 'constant', value: 1 } },
      ...biasWeight(args, filters),
    ];
  },
  keeps: ({ inputs: [x], output, args }) =>
    t.sizeOf(x!) + (args.boolean('demodulate') ? t.sizeOf(output) : 0),
  lower({ inputs: [x, style], args, weight }) {
    const kernel = weight('kernel');
    const scale = t.add(t.matmul(style!, weight('affine')), weight('affine_bias'));
    const perExample = (value: t.Value) => t.reshape(value, [value.shape[0]!, 1, 1, value.shape[1]!]);
    // Scaling the channels that go in and the filters that come out is scaling the kernel, with one kernel for all.
    const y = convolved(t.mul(x!, perExample(scale)), kernel, args);
    const whole = args.boolean('demodulate')
      ? t.mul(y, perExample(t.rsqrt(t.add(squares(scale, kernel), TINY))))
      : y;
    return args.boolean('bias') ? t.add(whole, weight('bias')) : whole;
  },
  examples: [
    { call: 'modulated_conv2d(2)', inputs: [[2, 3, 2], [3]], output: [2, 3, 2], weights: 46 },
    {
      call: 'modulated_conv2d(2, up: 2, bias: false)',
      inputs: [[2, 1, 2], [2]],
      output: [4, 2, 2],
      weights: 42,
    },
    {
      call: 'modulated_conv2d(3, kernel: 1, demodulate: false, weights: spectral_norm)',
      inputs: [[2, 2, 2], [3]],
      output: [2, 2, 3],
      weights: 17,
    },
    {
      call: 'modulated_conv2d(1, kernel: 1, up: 2)',
      inputs: [[2, 2, 1], [1]],
      output: [4, 4, 1],
      weights: 4,
    },
  ],
});

/** Σ (scale · kernel)² per example and filter. */
function squares(scale: t.Value, kernel: t.Value): t.Value {
  return t.matmul(t.square(scale), t.sum(t.square(kernel), [0, 1]));
}

/** The convolution itself; enlarging is a transposed one, whose canvas the filter then makes smooth. */
function convolved(x: t.Value, kernel: t.Value, args: Arguments): t.Value {
  const [size, up, taps] = [args.int('kernel'), args.int('up'), args.perAxis('taps', 1)];
  const half = (size - 1) / 2;
  const both = <T>(one: T): readonly [T, T] => [one, one];
  if (up === 1) return t.conv(x, kernel, { padding: both(both(half)) });
  const [batch, height, width] = x.shape as [number, number, number];
  const inputShape = [batch, (height - 1) * up + size, (width - 1) * up + size, kernel.shape[3]!];
  const canvas = t.convInputGrad(x, t.transpose(kernel, [0, 1, 3, 2]), { inputShape, strides: both(up) });
  const before = half + Math.floor((taps.length + up - 1) / 2) - (size - 1);
  const after = half + Math.floor((taps.length - up) / 2) - (size - up);
  // Filtering is here at the size of the result: nothing is spread, but the canvas is as dark as if zeros lay between.
  const smooth = filtered(canvas, { taps, up: 1, down: 1, padding: both([before, after] as const) });
  return t.mul(smooth, up * up);
}
