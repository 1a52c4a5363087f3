import { type PrimitiveExample, ProgramError, type Signature } from './primitive.ts';
import { normalizeAxes, reducedShape, showShape } from './shapes.ts';

/** `axes` are counted from 0, sorted; `keep` leaves them in the shape with size 1. */
export type ReductionAttributes = { readonly axes: readonly number[]; readonly keep: boolean };

export function inferReduction(op: string, x: Signature, { axes, keep }: ReductionAttributes): Signature {
  if (x.dtype !== 'f32' && x.dtype !== 'i32') throw new ProgramError(`${op} takes no ${x.dtype}`);
  const normal = normalizeAxes(op, x.shape.length, axes);
  if (normal.join() !== axes.join()) {
    throw new ProgramError(`${op} of ${showShape(x.shape)} wants sorted axes, not ${showShape(axes)}`);
  }
  return { shape: reducedShape(x.shape, axes, keep), dtype: x.dtype };
}

/** Sizes of neighbouring axes put together, by turns kept and reduced; the first is kept, 1 if there is none. */
export function reductionBlocks(shape: readonly number[], axes: readonly number[]): number[] {
  const blocks = [1];
  shape.forEach((size, axis) => {
    if (size === 1) return;
    const wasReduced = blocks.length % 2 === 0;
    if (axes.includes(axis) === wasReduced) blocks.push(blocks.pop()! * size);
    else blocks.push(size);
  });
  return blocks;
}

export const reductionExamples: readonly PrimitiveExample<ReductionAttributes>[] = [
  { inputs: [[2, 3]], attributes: { axes: [0, 1], keep: false } },
  { inputs: [[2, 3, 2]], attributes: { axes: [1], keep: true } },
  { inputs: [[2, 3, 2]], attributes: { axes: [0, 2], keep: false } },
  // over windows of an image and of a clip
  { inputs: [[2, 1, 2, 2, 3, 2]], attributes: { axes: [2, 4], keep: true } },
  { inputs: [[1, 2, 2, 1, 2, 2, 3, 2]], attributes: { axes: [2, 4, 6], keep: false } },
];
