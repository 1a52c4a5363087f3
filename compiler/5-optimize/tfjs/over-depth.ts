import type { ConvolutionAttributes } from '../../tensor/convolution.ts';
import * as t from '../../tensor/index.ts';
import { convolve, type Use } from '../simpler-convolutions.ts';

/**
 * Three axes as two: every position of the output along depth is a picture of its own, and the taps of the
 * kernel along depth are channels of it. One convolution with as many operations, at the speed of two axes.
 */
export function overDepth(a: t.Value, b: t.Value, use: Use): t.Value {
  const { op, attributes, result } = use;
  const flat: ConvolutionAttributes = {
    strides: attributes.strides.slice(1),
    padding: attributes.padding.slice(1),
    dilations: attributes.dilations.slice(1),
    groups: 1,
  };
  if (op === 'conv') {
    const frames = stackDepth(a, b.shape[0]!, result[1]!, attributes);
    const shape = [frames.shape[0]!, ...result.slice(2)];
    return t.reshape(convolve(frames, flatKernel(b), { op, attributes: flat, result: shape }), result);
  }
  if (op === 'conv_filter_grad') {
    const [taps, height, width, inputs, outputs] = result as [number, number, number, number, number];
    const frames = stackDepth(a, taps, b.shape[1]!, attributes);
    const shape = [height, width, taps * inputs, outputs];
    const kernel = convolve(frames, asFrames(b), { op, attributes: flat, result: shape });
    return t.transpose(t.reshape(kernel, [height, width, taps, inputs, outputs]), [2, 0, 1, 3, 4]);
  }
  const taps = b.shape[0]!;
  const shape = [a.shape[0]! * a.shape[1]!, ...result.slice(2, 4), taps * result[4]!];
  const frames = convolve(asFrames(a), flatKernel(b), { op, attributes: flat, result: shape });
  return unstackDepth(frames, taps, a.shape[1]!, result, attributes);
}

/** [N, D, H, W, C] as N · D pictures. */
function asFrames(x: t.Value): t.Value {
  return t.reshape(x, [x.shape[0]! * x.shape[1]!, ...x.shape.slice(2)]);
}

/** [D, H, W, I, O] as [H, W, D · I, O]. */
function flatKernel(kernel: t.Value): t.Value {
  const [taps, height, width, inputs, outputs] = kernel.shape as [number, number, number, number, number];
  return t.reshape(t.transpose(kernel, [1, 2, 0, 3, 4]), [height, width, taps * inputs, outputs]);
}

/** For every output position along depth: the frames under the taps of the kernel, as channels side by side. */
function stackDepth(
  x: t.Value,
  taps: number,
  count: number,
  { strides, padding, dilations }: ConvolutionAttributes,
): t.Value {
  const [before, after] = padding[0]!;
  const none = [0, 0, 0, 0, 0];
  const padded = t.pad(x, { before: none.with(1, before), after: none.with(1, after) });
  const under = Array.from({ length: taps }, (_, tap) =>
    t.slice(padded, none.with(1, tap * dilations[0]!), x.shape.with(1, count), [1, strides[0]!, 1, 1, 1]),
  );
  return asFrames(t.concat(under, 4));
}

/** The transpose of `stackDepth`: adds every tap's frames back where they were taken from. */
function unstackDepth(
  frames: t.Value,
  taps: number,
  count: number,
  result: readonly number[],
  { strides, padding, dilations }: ConvolutionAttributes,
): t.Value {
  const [batch, depth, height, width, channels] = result as [number, number, number, number, number];
  const [before, after] = padding[0]!;
  const none = [0, 0, 0, 0, 0];
  const stacked = t.reshape(frames, [batch, count, height, width, taps * channels]);
  const whole = before + depth + after;
  const padded = Array.from({ length: taps }, (_, tap) => {
    const begin = tap * dilations[0]!;
    const part = t.slice(stacked, none.with(4, tap * channels), [batch, count, height, width, channels]);
    return t.pad(part, {
      before: none.with(1, begin),
      interior: none.with(1, strides[0]! - 1),
      after: none.with(1, whole - begin - (count - 1) * strides[0]! - 1),
    });
  }).reduce((sum, part) => t.add(sum, part));
  return t.slice(padded, none.with(1, before), result);
}
