import * as t from '../../tensor/index.ts';
import type { KeepsQuery } from '../layer.ts';
import { type Windows, zerosAround } from './windows.ts';

/**
 * Every channel of x (N…C) is convolved with windows of its own: kernel […, C, multiplier], result […, C · multiplier],
 * the multiples of a channel side by side. As a sum over the taps of the window it is elementwise work only; as a
 * convolution in C groups it would be C small convolutions.
 */
export function depthwise(x: t.Value, kernel: t.Value, windows: Windows): t.Value {
  const { size, strides, dilations } = windows;
  const padding = zerosAround(x.shape.slice(1, -1), windows);
  const padded = t.pad(x, {
    before: [0, ...padding.map(([before]) => before), 0],
    after: [0, ...padding.map(([, after]) => after), 0],
  });
  const [channels, multiplier] = kernel.shape.slice(-2) as [number, number];
  const [batch, ...spatial] = padded.shape.slice(0, -1) as [number, ...number[]];
  const counts = spatial.map(
    (length, axis) => Math.floor((length - (size[axis]! - 1) * dilations[axis]! - 1) / strides[axis]!) + 1,
  );
  const places = size.reduce<number[][]>(
    (all, taps) => all.flatMap((place) => Array.from({ length: taps }, (_, tap) => [...place, tap])),
    [[]],
  );
  const terms = places.map((place) => {
    const begin = [0, ...place.map((tap, axis) => tap * dilations[axis]!), 0];
    const seen = t.slice(padded, begin, [batch, ...counts, channels], [1, ...strides, 1]);
    const weights = t.slice(kernel, [...place, 0, 0], [...place.map(() => 1), channels, multiplier]);
    if (multiplier === 1) return t.mul(seen, t.reshape(weights, [channels]));
    const apart = t.reshape(seen, [...seen.shape, 1]);
    return t.mul(apart, t.reshape(weights, [channels, multiplier]));
  });
  return t.reshape(t.addAll(terms), [batch, ...counts, channels * multiplier]);
}

/** What that keeps of the input: what each tap has seen. */
export function seenByTaps({ inputs: [x], output, args }: KeepsQuery): number {
  const places = output.slice(0, -1);
  return t.sizeOf(args.perAxis('kernel', places.length)) * t.sizeOf(places) * x!.at(-1)!;
}
