import { broadcastTo } from './broadcasting.ts';
import type { Value } from './builder.ts';
import { windowCount } from './convolution.ts';
import { lift, type Operand } from './elementwise.ts';
import { ProgramError } from './primitive.ts';
import { add } from './primitives/add.ts';
import { broadcast } from './primitives/broadcast.ts';
import { constant } from './primitives/constant.ts';
import { div } from './primitives/div.ts';
import { exp } from './primitives/exp.ts';
import { log } from './primitives/log.ts';
import { max } from './primitives/max.ts';
import { maximum } from './primitives/maximum.ts';
import { minimum } from './primitives/minimum.ts';
import { mul } from './primitives/mul.ts';
import { pad } from './primitives/pad.ts';
import { reshape } from './primitives/reshape.ts';
import { sqrt } from './primitives/sqrt.ts';
import { stopGradient } from './primitives/stop-gradient.ts';
import { sub } from './primitives/sub.ts';
import { sum } from './primitives/sum.ts';
import { transpose } from './primitives/transpose.ts';
import { sizeOf } from './program.ts';
import { normalizeAxes, reducedShape, type Shape } from './shapes.ts';
import { combineWindows } from './windows.ts';

/** Functions written in primitives: no engine and no gradient rule knows them. */

type Axes = number | readonly number[];

/** The mean over some axes, all of them when none are named; `keep` leaves them with size 1. */
export function mean(x: Value, axes?: Axes, keep = false): Value {
  const total = sum(x, axes, keep);
  const count = sizeOf(x.shape) / sizeOf(total.shape);
  return count === 1 ? total : mul(total, 1 / count);
}

/** The mean squared distance from the mean (divided by n, not n − 1). */
export function variance(x: Value, axes?: Axes, keep = false): Value {
  return mean(square(sub(x, mean(x, axes, true))), axes, keep);
}

export function square(x: Value): Value {
  return mul(x, x);
}

/** √Σx² over some axes; its gradient at the zero vector is 0. */
export function norm(x: Value, axes?: Axes, keep = false): Value {
  return sqrt(sum(square(x), axes, keep));
}

/** x cut off below `low` and above `high`; no gradient passes where it is cut off. */
export function clip(x: Value, low: Operand, high: Operand): Value {
  return minimum(maximum(x, low), high);
}

/** log Σeˣ over some axes, without overflow: the largest x is taken out first. */
export function logsumexp(x: Value, axes?: Axes, keep = false): Value {
  const list = normalizeAxes('logsumexp', x.shape.length, axes);
  const largest = stopGradient(max(x, list, true));
  const result = add(log(sum(exp(sub(x, largest)), list, true)), largest);
  return keep ? result : reshape(result, reducedShape(x.shape, list, false));
}

/** eˣ / Σeˣ over some axes (default the last), without overflow. */
export function softmax(x: Value, axes: Axes = -1): Value {
  const powers = exp(sub(x, stopGradient(max(x, axes, true))));
  return div(powers, sum(powers, axes, true));
}

export interface AvgPoolAttributes {
  readonly window: readonly number[];
  /** Default: the window, so that windows touch. */
  readonly strides?: readonly number[];
  readonly padding?: readonly (readonly [before: number, after: number])[];
  /** Whether padding counts as zeros (PyTorch's default) or is left out of the mean (TensorFlow's); default false. */
  readonly countPadding?: boolean;
}

/** The mean of every window over the spatial axes of x (N…C). */
export function avgPool(x: Value, attributes: AvgPoolAttributes): Value {
  const { window, strides = window, padding = window.map(() => [0, 0] as const), countPadding } = attributes;
  if (window.length !== x.shape.length - 2) {
    throw new ProgramError(`avgPool of ${x.shape.length - 2} spatial axes by a window of ${window.length}`);
  }
  const isPadded = padding.flat().some((count) => count > 0);
  if (!isPadded && touches(x.shape, window, strides)) return blockMeans(x, window);
  const padded = isPadded
    ? pad(x, {
        before: [0, ...padding.map(([before]) => before), 0],
        after: [0, ...padding.map(([, after]) => after), 0],
      })
    : x;
  const total = combineWindows(padded, window, strides, (a, b) => add(a, b));
  if (countPadding || !isPadded) return mul(total, 1 / sizeOf(window));
  return mul(total, inverseCounts(x, window, strides, padding));
}

/** True when the windows tile x: then the mean is a reshape and one sum. */
function touches(shape: Shape, window: readonly number[], strides: readonly number[]): boolean {
  return window.every((size, axis) => strides[axis] === size && shape[axis + 1]! % size === 0);
}

function blockMeans(x: Value, window: readonly number[]): Value {
  const [batch, channels] = [x.shape[0]!, x.shape.at(-1)!];
  const blocks = window.flatMap((size, axis) => [x.shape[axis + 1]! / size, size]);
  const within = window.map((_, axis) => 2 + 2 * axis);
  return mean(reshape(x, [batch, ...blocks, channels]), within);
}

/** 1 / how many elements of x each window covers, shaped to broadcast over batch and channels. */
function inverseCounts(
  x: Value,
  window: readonly number[],
  strides: readonly number[],
  padding: readonly (readonly [number, number])[],
): Value {
  const perAxis = window.map((size, axis) => {
    const length = x.shape[axis + 1]!;
    const [before] = padding[axis]!;
    return Array.from({ length: windowCount(length, size, strides[axis]!, padding[axis]!) }, (_, at) => {
      const begin = at * strides[axis]! - before;
      return Math.min(begin + size, length) - Math.max(begin, 0);
    });
  });
  const counts = perAxis.reduce<number[]>((all, axis) => all.flatMap((a) => axis.map((b) => a * b)), [1]);
  const shape = [1, ...perAxis.map((axis) => axis.length), 1];
  return constant(
    x.builder,
    counts.map((count) => 1 / count),
    shape,
  );
}

/** Every element repeated `factors[i]` times along spatial axis i of x (N…C): nearest-neighbour upsampling. */
export function upsampleNearest(x: Value, factors: readonly number[]): Value {
  const [batch, channels] = [x.shape[0]!, x.shape.at(-1)!];
  const spatial = x.shape.slice(1, -1);
  const apart = reshape(x, [batch, ...spatial.flatMap((length) => [length, 1]), channels]);
  const repeated = broadcastTo(apart, [
    batch,
    ...spatial.flatMap((length, axis) => [length, factors[axis]!]),
    channels,
  ]);
  return reshape(repeated, [batch, ...spatial.map((length, axis) => length * factors[axis]!), channels]);
}

/** Channels of C·b² moved into blocks of b × b pixels: [N, H, W, C·b²] → [N, H·b, W·b, C] (Shi et al. 2016). */
export function pixelShuffle(x: Value, block: number): Value {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const inner = channels / (block * block);
  const blocks = transpose(reshape(x, [batch, height, width, block, block, inner]), [0, 1, 3, 2, 4, 5]);
  return reshape(blocks, [batch, height * block, width * block, inner]);
}

/** Σ over the last axis of x · y, that axis gone: one number per example. */
export function dot(x: Value, y: Value): Value {
  return sum(mul(x, y), -1);
}

/** The elementwise sum of several values. */
export function addAll(values: readonly Operand[]): Value {
  return lift('addAll', values).reduce((a, b) => add(a, b));
}

/** A new axis of `count` equal copies at `axis`. */
export function repeatAlong(x: Value, axis: number, count: number): Value {
  const apart = reshape(x, x.shape.toSpliced(axis, 0, 1));
  return broadcast(apart, x.shape.toSpliced(axis, 0, count));
}
