import type { Value } from '../builder.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { type Shape, showShape } from '../shapes.ts';
import { add } from './add.ts';
import { reverse } from './reverse.ts';
import { slice } from './slice.ts';

/** `interior` puts that many elements between neighbours, so that pad and slice are each other's gradients. */
export type PadAttributes = {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly interior: readonly number[];
  readonly mode: 'constant' | 'reflect';
  readonly value: number;
};

const definition: Primitive<PadAttributes> = {
  name: 'pad',
  summary: 'value before, after and (interior) between the elements, or their reflection around them',
  family: 'move',
  infer([x], { before, after, interior, mode }) {
    const rank = x!.shape.length;
    const fits = [before, after, interior].every(
      (list) => list.length === rank && list.every((count) => Number.isInteger(count) && count >= 0),
    );
    const reflects = x!.shape.every(
      (size, axis) => before[axis]! < size && after[axis]! < size && interior[axis] === 0,
    );
    if (!fits || (mode === 'reflect' && !reflects)) {
      throw new ProgramError(
        `pad (${mode}) of ${showShape(x!.shape)} by ${showShape(before)} before, ${showShape(after)} after, ${showShape(interior)} between`,
      );
    }
    const shape = x!.shape.map(
      (size, axis) => before[axis]! + size + Math.max(0, size - 1) * interior[axis]! + after[axis]!,
    );
    return { shape, dtype: x!.dtype };
  },
  gradient({ inputs: [x], attributes, needed }, d) {
    if (!needed[0]) return [null];
    const { before, interior, mode } = attributes;
    if (mode === 'reflect') return [foldBack(d, x!.shape, attributes)];
    return [
      slice(
        d,
        before,
        x!.shape,
        interior.map((count) => count + 1),
      ),
    ];
  },
  flops: () => 0,
  examples: [
    { inputs: [[2, 3]], attributes: padding([1, 0], [0, 2]) },
    { inputs: [[2, 3]], attributes: padding([1, 0], [0, 2], [2, 1]) },
    { inputs: [[3, 4]], attributes: { ...padding([2, 1], [1, 3]), mode: 'reflect' } },
    { inputs: [[2, 2]], attributes: { ...padding([1, 1], [1, 1]), value: 3 } },
  ],
};

function padding(before: Shape, after: Shape, interior: Shape = before.map(() => 0)): PadAttributes {
  return { before, after, interior, mode: 'constant', value: 0 };
}

/** What reflection copied outward is added back inward, one axis after the other. */
function foldBack(d: Value, shape: Shape, { before, after }: PadAttributes): Value {
  return shape.reduce((folded, size, axis) => {
    const zeros = folded.shape.map(() => 0);
    const at = (place: number) => zeros.with(axis, place);
    const cut = (begin: number, count: number) => slice(folded, at(begin), folded.shape.with(axis, count));
    /** The mirror image of `count` padded elements, placed `offset` elements into the axis. */
    const image = (begin: number, count: number, offset: number) =>
      pad(reverse(cut(begin, count), [axis]), { before: at(offset), after: at(size - count - offset) });
    const [head, tail] = [before[axis]!, after[axis]!];
    let result = head + tail > 0 ? cut(head, size) : folded;
    if (head > 0) result = add(result, image(0, head, 1));
    if (tail > 0) result = add(result, image(head + size, tail, size - 1 - tail));
    return result;
  }, d);
}

/** Surrounds x with `value` (0), or with its own reflection (the edge itself not repeated). */
export const pad = callable(definition, (x: Value, attributes: Partial<PadAttributes>): Value => {
  const none = x.shape.map(() => 0);
  return x.builder.apply(definition, [x], { ...padding(none, none), ...attributes });
});
