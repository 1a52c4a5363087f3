import * as t from '../tensor/index.ts';
import type { Use } from './simpler-convolutions.ts';

/** One axis of the plain convolution that takes the place of a transposed one. */
interface Axis {
  /** Elements of dy that a place of the result may rest on, and how many of them lie before it. */
  readonly taps: number;
  readonly before: number;
  readonly after: number;
  /** Places of dy's grid that the result covers. */
  readonly places: number;
  readonly stride: number;
  /** By how many taps the kernel is moved up, so that every phase begins with a tap of its own. */
  readonly lead: number;
}

/** What a plain convolution would be, for an engine to decide whether it is worth it. */
export interface Subpixels {
  /** Taps of its kernel, over both axes. */
  readonly taps: number;
  /** Channels of its result: those of the image, for every place within a stride. */
  readonly channels: number;
}

/**
 * A transposed convolution over two axes as a plain one that gives every place of dy its stride × stride results as channels,
 * which are then laid out side by side (Shi et al. 2016, "Is the deconvolution layer the same as a convolutional
 * layer?"). A kernel computes so many channels at once, and an image has few: its phases fill what it leaves empty. But the
 * plain kernel has zeros where one phase reaches further than another.
 *
 * @returns null where it is not possible, or not worth it
 */
export function asSubpixels(
  dy: t.Value,
  kernel: t.Value,
  { attributes, result }: Use,
  isWorth: (subpixels: Subpixels) => boolean,
): t.Value | null {
  const { strides, padding, groups, dilations } = attributes;
  if (strides.length !== 2 || groups !== 1 || dilations.some((step) => step !== 1)) return null;
  const [rows, columns] = ([0, 1] as const).map((axis) =>
    axisOf(kernel.shape[axis]!, strides[axis]!, padding[axis]![0], result[axis + 1]!, dy.shape[axis + 1]!),
  ) as [Axis, Axis];
  const axes = [rows, columns];
  const [channels, filters] = kernel.shape.slice(2) as [number, number];
  const all = rows.stride * columns.stride * channels;
  if (axes.some(({ before, after }) => before < 0 || after < 0)) return null;
  if (!isWorth({ taps: rows.taps * columns.taps, channels: all })) return null;

  // Tap stride · u + r of the widened kernel is what phase r sees of the u-th element of dy from the end.
  const widened = t.pad(kernel, {
    before: [rows.lead, columns.lead, 0, 0],
    after: [...axes.map(({ taps, stride, lead }, i) => taps * stride - lead - kernel.shape[i]!), 0, 0],
  });
  const apart = t.reshape(widened, [
    ...axes.flatMap(({ taps, stride }) => [taps, stride]),
    channels,
    filters,
  ]);
  const turned = t.reverse(t.transpose(apart, [0, 2, 5, 1, 3, 4]), [0, 1]);
  const blocks = t.conv(dy, t.reshape(turned, [rows.taps, columns.taps, filters, all]), {
    padding: axes.map(({ before, after }) => [before, after] as const),
  });

  const [batch] = result as [number];
  const lines = [batch * rows.places, columns.places, rows.stride, columns.stride * channels];
  const whole = t.reshape(t.transpose(t.reshape(blocks, lines), [0, 2, 1, 3]), [
    batch,
    ...axes.map(({ places, stride }) => places * stride),
    channels,
  ]);
  return t.slice(whole, [0, 0, 0, 0], result);
}

/**
 * Place stride · q + r of the result is the sum over o of dy[o] · kernel[stride · (q − o) + r + padding]: what it
 * sees of dy lies around q, as far away for every q.
 */
function axisOf(window: number, stride: number, padding: number, length: number, count: number): Axis {
  const before = Math.floor((window - 1 - padding) / stride);
  const last = Math.floor((stride - 1 + padding) / stride);
  const places = Math.ceil(length / stride);
  const lead = last * stride - padding;
  return { taps: before + 1 + last, before, after: places - count + last, places, stride, lead };
}
