import * as t from '../../tensor/index.ts';
import type { Use } from '../simpler-convolutions.ts';

/** Channels that a convolution's kernel on a CPU computes at once, however few there are. */
const LANES = 16;

/** One axis of the plain convolution that takes the place of a transposed one. */
interface Axis {
  /** Elements of dy that one place of the result may depend on, and how many of them lie before it. */
  readonly taps: number;
  readonly before: number;
  readonly after: number;
  /** Places of dy's grid that the result covers. */
  readonly places: number;
  /** Taps of the transposed kernel that are moved up, so that each phase begins with a tap of its own. */
  readonly lead: number;
}

/**
 * A transposed convolution as a plain one that gives every place of dy its stride × stride results as channels, which
 * are then laid out side by side (Shi et al. 2016, "Is the deconvolution layer the same as a convolutional layer?").
 * An image has few channels, so it leaves most lanes of the kernels empty; its phases fill them.
 *
 * @returns null where it would take as long
 */
export function asSubpixels(dy: t.Value, kernel: t.Value, { attributes, result }: Use): t.Value | null {
  const { strides, padding, groups, dilations } = attributes;
  const window = kernel.shape.slice(0, -2);
  const axes = window.map((size, axis) =>
    axisOf(size, strides[axis]!, padding[axis]![0], result[axis + 1]!, dy.shape[axis + 1]!),
  );
  const isPossible = groups === 1 && dilations.every((step) => step === 1);
  if (!isPossible || axes.some(({ before, after }) => before < 0 || after < 0)) return null;
  const [channels, filters] = kernel.shape.slice(-2) as [number, number];
  const phases = product(strides);
  const taps = axes.map((axis) => axis.taps);
  const rows = (count: number) => Math.ceil(count / LANES);
  if (product(taps) * rows(phases * channels) >= product(window) * rows(channels)) return null;

  // Tap r + stride · u of the widened kernel belongs to phase r, and to the u-th element of dy from the end.
  const widened = t.pad(kernel, {
    before: [...axes.map(({ lead }) => lead), 0, 0],
    after: [...axes.map((axis, i) => axis.taps * strides[i]! - axis.lead - window[i]!), 0, 0],
  });
  const rank = window.length;
  const apart = t.reshape(widened, [...taps.flatMap((count, i) => [count, strides[i]!]), channels, filters]);
  const order = [...taps.map((_, i) => 2 * i), 2 * rank + 1, ...strides.map((_, i) => 2 * i + 1), 2 * rank];
  const turned = t.reverse(
    t.transpose(apart, order),
    taps.map((_, i) => i),
  );
  const plain = t.conv(dy, t.reshape(turned, [...taps, filters, phases * channels]), {
    padding: axes.map(({ before, after }) => [before, after] as const),
  });

  const places = axes.map((axis) => axis.places);
  const batch = result[0]!;
  const side = t.transpose(t.reshape(plain, [batch, ...places, ...strides, channels]), [
    0,
    ...places.flatMap((_, i) => [1 + i, 1 + rank + i]),
    1 + 2 * rank,
  ]);
  const whole = t.reshape(side, [batch, ...places.map((count, i) => count * strides[i]!), channels]);
  return t.slice(
    whole,
    result.map(() => 0),
    result,
  );
}

/**
 * Place stride · q + r of the result is the sum over o of dy[o] · kernel[stride · (q − o) + r + padding]: what of dy it sees lies
 * around q, the same for every q.
 */
function axisOf(window: number, stride: number, padding: number, length: number, count: number): Axis {
  const before = Math.floor((window - 1 - padding) / stride);
  const last = Math.floor((stride - 1 + padding) / stride);
  const places = Math.ceil(length / stride);
  return {
    taps: before + last + 1,
    before,
    after: places - count + last,
    places,
    lead: last * stride - padding,
  };
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a * b, 1);
}
