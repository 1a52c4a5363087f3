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

export const reductionExamples: readonly PrimitiveExample<ReductionAttributes>[] = [
  { inputs: [[2, 3]], attributes: { axes: [0, 1], keep: false } },
  { inputs: [[2, 3, 2]], attributes: { axes: [1], keep: true } },
  { inputs: [[2, 3, 2]], attributes: { axes: [0, 2], keep: false } },
];
