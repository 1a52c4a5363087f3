import * as t from '../tensor/index.ts';

/** Keeps the quotient finite for a kernel of zeros. */
const TINY = 1e-12;

/** A weight with one column per output. */
export function asMatrix(weight: t.Value, outputAxis: number): t.Value {
  const rank = weight.shape.length;
  const outputs = weight.shape[outputAxis]!;
  const others = weight.shape.flatMap((_, axis) => (axis === outputAxis ? [] : [axis]));
  const last = outputAxis === rank - 1 ? weight : t.transpose(weight, [...others, outputAxis]);
  return t.reshape(last, [t.sizeOf(weight.shape) / outputs, outputs]);
}

/**
 * The largest singular value of a matrix W by one step of power iteration from u, and where the next step goes on.
 * Its slope for W is that of vᵀ W u, with u and v held constant.
 */
export function largestSingularValue(matrix: t.Value, u: t.Value): { sigma: t.Value; next: t.Value } {
  const fixed = t.stopGradient(matrix);
  const columns = matrix.shape[1]!;
  const v = unit(t.matmul(fixed, t.reshape(u, [columns, 1])));
  const next = unit(t.matmul(fixed, v, { transposeA: true }));
  return { sigma: t.sum(t.mul(v, t.matmul(matrix, next))), next: t.reshape(next, [columns]) };
}

function unit(x: t.Value): t.Value {
  return t.mul(x, t.rsqrt(t.add(t.sum(t.square(x)), TINY)));
}
