import type { Interval } from '../../3-check/interval.ts';
import type { Argument } from '../../arguments/argument.ts';
import type { Arguments } from '../../arguments/arguments.ts';
import * as t from '../../tensor/index.ts';
import type { Layer } from '../layer.ts';
import { inputOfKind } from './rank.ts';

/** A change of a batch of images [N, H, W, C], another one for each example, with a slope everywhere. */
export type Augment = (x: t.Value, args: Arguments, uniform: Uniform) => t.Value;

export interface AugmentationWords extends Pick<Layer, 'name' | 'summary' | 'documentation'> {
  readonly arguments: readonly Argument[];
  range(x: Interval, args: Arguments): Interval;
  readonly augment: Augment;
  /** The calls of its examples, besides the bare name. */
  readonly calls: readonly string[];
}

/** A layer that changes images and clips at random in training, and leaves them alone in sampling. */
export function defineAugmentation({ range, augment, calls, ...words }: AugmentationWords): Layer {
  return {
    ...words,
    inputs: 'one',
    isRandom: true,
    shape: (query) => inputOfKind(query, words.name, 'picture'),
    range: ([x], args) => range(x!, args),
    lower: ({ inputs: [x], args, training, uniform }) =>
      training ? inAllFrames(x!, uniform, (images, drawn) => augment(images, args, drawn)) : x!,
    examples: [
      ...[words.name, ...calls].map((call) => ({ call, inputs: [[5, 4, 2]], output: [5, 4, 2] })),
      { call: words.name, inputs: [[2, 3, 4, 2]], output: [2, 3, 4, 2] },
    ],
  };
}

type Uniform = (shape: readonly number[]) => t.Value;

/** What is done to images, done to clips: the same to every frame of one, as what is drawn is drawn once for each clip. */
export function inAllFrames(
  x: t.Value,
  uniform: Uniform,
  change: (images: t.Value, uniform: Uniform) => t.Value,
): t.Value {
  if (x.shape.length === 4) return change(x, uniform);
  const [batch, frames, ...image] = x.shape as [number, number, ...number[]];
  const oncePerClip: Uniform = ([, ...rest]) => {
    const drawn = t.reshape(uniform([batch, ...rest]), [batch, 1, ...rest]);
    return t.reshape(t.broadcast(drawn, [batch, frames, ...rest]), [batch * frames, ...rest]);
  };
  const changed = change(t.reshape(x, [batch * frames, ...image]), oncePerClip);
  return t.reshape(changed, [batch, frames, ...changed.shape.slice(1)]);
}

/** One number for every example, shaped to meet images. */
export function onePerImage(x: t.Value): readonly number[] {
  return x.shape.map((size, axis) => (axis === 0 ? size : 1));
}

/** What a contrast in a range of values can become when it is stretched around a mean in that range. */
export function stretched({ low, high }: Interval, factor: number): Interval {
  const more = Math.max(factor - 1, 0) * (high - low);
  return { low: low - more, high: high + more };
}
