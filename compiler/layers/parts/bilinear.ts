import { type Interval, union } from '../../3-check/interval.ts';
import type { Argument } from '../../arguments/argument.ts';
import type { Arguments } from '../../arguments/arguments.ts';
import * as t from '../../tensor/index.ts';

/** What is read where a picture has no pixels. */
export function outsideArgument(byDefault: 'zeros' | 'border' | 'reflect'): Argument {
  return {
    name: 'outside',
    kind: 'choice',
    summary:
      'what is around the picture: "zeros", its "border" continued, or the picture mirrored, "reflect"',
    default: byDefault,
    choices: ['zeros', 'border', 'reflect'],
  };
}

/** Values between those of neighbouring pixels. */
export function rangeBetween(x: Interval, args: Arguments): Interval {
  return args.string('outside') === 'zeros' ? union(x, { low: 0, high: 0 }) : x;
}

/** Numbers that gradients need of each picture that is read: four pixels and two shares for each of its own. */
export function keptToRead(output: readonly number[]): number {
  return (6 * t.sizeOf(output)) / output.at(-1)!;
}

/** Where the pixels of pictures [N, H, W, C] are: rows [H, 1] and columns [W], to be broadcast. */
export function placesIn({ builder, shape }: t.Value) {
  const [, height, width] = shape as [number, number, number, number];
  const counted = (length: number) => Array.from({ length }, (_, at) => at);
  return {
    rows: t.constant(builder, counted(height), [height, 1]),
    columns: t.constant(builder, counted(width), [width]),
  };
}

/**
 * Pictures [N, H, W, C] read between their pixels: what is made is [N, h, w, C], of places [N, h, w] in rows and columns,
 * which begin at 0. There is a slope for the pictures and, but at whole numbers, for the places.
 */
export function readAt(x: t.Value, rows: t.Value, columns: t.Value, outside: string): t.Value {
  const [, height, width] = x.shape as [number, number, number, number];
  if (outside === 'reflect') return between(x, mirrored(rows, height), mirrored(columns, width));
  if (outside === 'border') return between(x, rows, columns);
  // The border of a picture with zeros around is zero: so it fades over one pixel, without a jump.
  const framed = t.pad(x, { before: [0, 1, 1, 0], after: [0, 1, 1, 0] });
  return between(framed, t.add(rows, 1), t.add(columns, 1));
}

/** Places beyond the first or last pixel brought back, as in a mirror that stands in the middle of that pixel. */
function mirrored(places: t.Value, length: number): t.Value {
  if (length === 1) return places;
  const period = 2 * (length - 1);
  const within = t.sub(places, t.mul(t.floor(t.mul(places, 1 / period)), period));
  return t.minimum(within, t.sub(period, within));
}

/** The four pixels around each place, weighed by how near they are; at and beyond the border the nearest two, or one. */
function between(x: t.Value, rows: t.Value, columns: t.Value): t.Value {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const [down, right] = [parted(rows, height), parted(columns, width)];
  const firstRows = t.constant(
    x.builder,
    Array.from({ length: batch }, (_, image) => image * height),
    [batch, 1, 1],
  );
  // Rows are counted in f32, which tells those of any batch apart, but not all pixels of a large one.
  const row = t.cast(t.add(firstRows, down.whole), 'i32');
  const upperLeft = t.add(t.mul(row, width), t.cast(right.whole, 'i32'));
  const pixels = t.reshape(x, [batch * height * width, channels]);
  const pixel = (offset: number) => t.gather(pixels, offset === 0 ? upperLeft : t.add(upperLeft, offset));
  const [below, beside] = [height > 1 ? width : 0, width > 1 ? 1 : 0];
  const upper = mixed(pixel(0), pixel(beside), right.part);
  const lower = mixed(pixel(below), pixel(below + beside), right.part);
  return mixed(upper, lower, down.part);
}

/** The pixel before each place along an axis, the last but one at most, and how far from there to the next the place is. */
function parted(places: t.Value, length: number) {
  const inside = t.clip(places, 0, length - 1);
  const floor = t.minimum(t.floor(inside), Math.max(length - 2, 0));
  // Written so that what is not a number gets a pixel as well: no engine may read beyond the table.
  const whole = t.select(t.greater(inside, 0), floor, 0);
  const part = t.reshape(t.sub(inside, whole), [...places.shape, 1]);
  return { whole, part };
}

function mixed(from: t.Value, to: t.Value, part: t.Value): t.Value {
  return t.add(from, t.mul(t.sub(to, from), part));
}
