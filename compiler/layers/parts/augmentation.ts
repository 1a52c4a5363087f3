import type { Dim } from '../../3-check/dim.ts';
import type { Interval } from '../../3-check/interval.ts';
import type { Argument } from '../../arguments/argument.ts';
import type { Arguments } from '../../arguments/arguments.ts';
import * as t from '../../tensor/index.ts';
import type { Layer, LowerQuery, ShapeQuery } from '../layer.ts';
import { inputOfKind } from './rank.ts';

/** A change of a batch of images [N, H, W, C], another one for each example, with a slope everywhere. */
export type Augment = (x: t.Value, args: Arguments, draws: Draws) => t.Value;

export interface AugmentationWords extends Pick<Layer, 'name' | 'summary' | 'documentation' | 'keeps'> {
  readonly arguments: readonly Argument[];
  range(x: Interval, args: Arguments): Interval;
  readonly augment: Augment;
  /** Says what does not fit about an image or clip that arrives; all of them fit when left out. */
  fits?(query: ShapeQuery, x: readonly Dim[]): boolean;
  /** The calls of its examples, besides the bare name. */
  readonly calls: readonly string[];
  /** The image of its examples. */
  readonly image?: readonly number[];
}

/** A layer that changes images and clips at random in training, and leaves them alone in sampling. */
export function defineAugmentation(augmentation: AugmentationWords): Layer {
  const { range, augment, fits, calls, image = [5, 4, 2], ...words } = augmentation;
  const clip = [2, 3, 4, image.at(-1)!];
  return {
    ...words,
    inputs: 'one',
    isRandom: true,
    shape(query) {
      const x = inputOfKind(query, words.name, 'picture');
      return x && (fits?.(query, x) ?? true) ? x : null;
    },
    range: ([x], args) => range(x!, args),
    lower: ({ inputs: [x], args, training, uniform, normal }) =>
      training ? inAllFrames(x!, { uniform, normal }, (images, draws) => augment(images, args, draws)) : x!,
    examples: [
      ...[words.name, ...calls].map((call) => ({ call, inputs: [image], output: image })),
      { call: words.name, inputs: [clip], output: clip },
    ],
  };
}

/** Numbers for examples, of which the first axis are those. */
type Draw = (shape: readonly number[]) => t.Value;

export type Draws = Pick<LowerQuery, 'uniform' | 'normal'>;

/** What is done to images, done to clips: the same to every frame of one, as what is drawn is drawn once for each clip. */
export function inAllFrames<D extends { readonly [name in keyof D]: Draw }>(
  x: t.Value,
  draws: D,
  change: (images: t.Value, draws: D) => t.Value,
): t.Value {
  if (x.shape.length === 4) return change(x, draws);
  const [batch, frames, ...image] = x.shape as [number, number, ...number[]];
  const oncePerClip =
    (draw: Draw): Draw =>
    ([, ...rest]) => {
      const drawn = t.reshape(draw([batch, ...rest]), [batch, 1, ...rest]);
      return t.reshape(t.broadcast(drawn, [batch, frames, ...rest]), [batch * frames, ...rest]);
    };
  const own = Object.entries<Draw>(draws).map(([name, draw]) => [name, oncePerClip(draw)]);
  const changed = change(t.reshape(x, [batch * frames, ...image]), Object.fromEntries(own));
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
