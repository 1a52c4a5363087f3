import * as t from '../../tensor/index.ts';
import type { Use } from '../simpler-convolutions.ts';
import { asSubpixels } from '../subpixels.ts';

type Pair = readonly [before: number, after: number];

/**
 * The gradient of the kernel as one convolution. Where x meets dy over all pictures and positions, pictures
 * take the place of channels: x as [C, H, W, N] is convolved with dy as a kernel [H, W, N, O] whose taps lie
 * as far apart as the strides were, at steps as long as the dilations were. Groups stay groups: the pictures of each are
 * the channels of one.
 */
export function filterGradAsConv(x: t.Value, dy: t.Value, { attributes, result }: Use): t.Value {
  const { strides, padding, dilations, groups } = attributes;
  const reach = (axis: number) => (dy.shape[axis + 1]! - 1) * strides[axis]! + 1;
  // Padding at the end such that the result has exactly the size of the kernel; it may mean cutting off.
  const exact = padding.map(([before], axis): Pair => {
    const needed = (result[axis]! - 1) * dilations[axis]! + reach(axis);
    return [before, needed - before - x.shape[axis + 1]!];
  });
  const pictures = cropped(x, exact);
  const kernel = t.conv(picturesAsChannels(pictures.x, groups), t.transpose(dy, [1, 2, 0, 3]), {
    strides: dilations,
    padding: pictures.padding,
    dilations: strides,
    groups,
  });
  return t.transpose(kernel, [1, 2, 0, 3]);
}

/** [N, H, W, C] as [C / groups, H, W, groups · N]. */
function picturesAsChannels(x: t.Value, groups: number): t.Value {
  if (groups === 1) return t.transpose(x, [3, 1, 2, 0]);
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const apart = t.reshape(x, [batch, height, width, groups, channels / groups]);
  const turned = t.transpose(apart, [4, 1, 2, 3, 0]);
  return t.reshape(turned, [channels / groups, height, width, groups * batch]);
}

/** The kernel of every group turned round, inputs and outputs exchanged: [h, w, I, groups · O] as [h, w, O, groups · I]. */
function turnedRound(kernel: t.Value, groups: number): t.Value {
  const reversed = t.reverse(kernel, [0, 1]);
  if (groups === 1) return t.transpose(reversed, [0, 1, 3, 2]);
  const [height, width, inputs, outputs] = kernel.shape as [number, number, number, number];
  const apart = t.reshape(reversed, [height, width, inputs, groups, outputs / groups]);
  return t.reshape(t.transpose(apart, [0, 1, 4, 3, 2]), [height, width, outputs / groups, groups * inputs]);
}

/** Output channels that a convolution computes together on wasm: fewer of them take as long. */
const COLUMNS = 8;

/**
 * The gradient of the input, not dilated, as convolutions with stride 1. With stride s, the pixels whose place leaves the
 * same remainder by s see every s-th tap of the kernel only: s × s small convolutions give one pixel each of
 * every s × s block, and are then put together; where all of them fit into what is computed at once, one does.
 */
export function inputGradAsConvs(dy: t.Value, kernel: t.Value, use: Use): t.Value {
  const { attributes, result } = use;
  const { strides, padding, groups } = attributes;
  const isStrided = strides.some((stride) => stride > 1);
  const subpixels = isStrided ? asSubpixels(dy, kernel, use, ({ channels }) => channels <= COLUMNS) : null;
  if (subpixels) return subpixels;
  const [batch, height, width, channels] = result as [number, number, number, number];
  const counts = [Math.ceil(height / strides[0]!), Math.ceil(width / strides[1]!)] as const;
  const turned = turnedRound(kernel, groups);
  const rows = range(strides[0]!).map((row) => {
    const pixels = range(strides[1]!).map((column) => {
      const phases = [phaseOf(0, row), phaseOf(1, column)] as const;
      return phaseConv(dy, turned, phases, groups, [batch, ...counts, channels]);
    });
    return t.reshape(t.concat(pixels, 3), [batch, counts[0], counts[1] * strides[1]! * channels]);
  });
  const whole = t.reshape(t.concat(rows, 2), [
    batch,
    counts[0] * strides[0]!,
    counts[1] * strides[1]!,
    channels,
  ]);
  return t.slice(whole, [0, 0, 0, 0], result);

  /** Which taps the pixels at `remainder` see, and how far the first of them reaches before dy. */
  function phaseOf(axis: 0 | 1, remainder: number): Phase {
    const stride = strides[axis]!;
    const place = remainder + padding[axis]![0];
    const first = place % stride;
    const size = kernel.shape[axis]!;
    const taps = first < size ? Math.ceil((size - first) / stride) : 0;
    const before = taps - 1 - (place - first) / stride;
    return { first, stride, taps, padding: [before, counts[axis] - 1 + taps - before - dy.shape[axis + 1]!] };
  }
}

interface Phase {
  readonly first: number;
  readonly stride: number;
  readonly taps: number;
  readonly padding: Pair;
}

function phaseConv(
  dy: t.Value,
  turned: t.Value,
  phases: readonly [Phase, Phase],
  groups: number,
  result: readonly number[],
): t.Value {
  if (phases.some(({ taps }) => taps === 0)) return t.constant(dy.builder, 0, result);
  const taps = tapsOf(turned, phases);
  const { x, padding } = cropped(
    dy,
    phases.map((phase) => phase.padding),
  );
  return t.conv(x, taps, { padding, groups });
}

/** The taps that the pixels of a phase see. In the kernel turned round, tap k stands at size − 1 − k. */
function tapsOf(turned: t.Value, phases: readonly [Phase, Phase]): t.Value {
  const begin = phases.map(
    ({ first, stride, taps }, axis) => turned.shape[axis]! - 1 - first - stride * (taps - 1),
  );
  return t.slice(
    turned,
    [...begin, 0, 0],
    [phases[0].taps, phases[1].taps, ...turned.shape.slice(2)],
    [phases[0].stride, phases[1].stride, 1, 1],
  );
}

/** Negative padding cuts off; what is left of the padding is never negative. */
function cropped(x: t.Value, padding: readonly Pair[]): { x: t.Value; padding: Pair[] } {
  const begin = padding.map(([before]) => Math.max(0, -before));
  const end = padding.map(([, after]) => Math.max(0, -after));
  const size = padding.map((_, axis) => x.shape[axis + 1]! - begin[axis]! - end[axis]!);
  if (size.some((length) => length < 1)) {
    // Nothing of x is left: what is seen is padding.
    const lengths = padding.map(([before, after], axis) => before + x.shape[axis + 1]! + after);
    const zeros = t.constant(x.builder, 0, [x.shape[0]!, ...lengths, x.shape[3]!]);
    return { x: zeros, padding: padding.map(() => [0, 0] as const) };
  }
  const cut = t.slice(x, [0, ...begin, 0], [x.shape[0]!, ...size, x.shape[3]!]);
  return {
    x: cut,
    padding: padding.map(([before, after]) => [Math.max(0, before), Math.max(0, after)] as const),
  };
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
