import * as t from '../../tensor/index.ts';
import type { PadAttributes } from '../../tensor/primitives/pad.ts';

/**
 * Padding between elements, axis by axis, with padding around only: an axis of n becomes n rows of one element,
 * padded to n rows of k + 1; read as one axis again, that is the padded axis with k too many at its end.
 */
export function withoutInterior(x: t.Value, attributes: PadAttributes): t.Value {
  const { before, after, interior, value } = attributes;
  const spread = interior.reduce((current, count, axis) => spreadAxis(current, axis, count, value), x);
  return t.pad(spread, { before, after, value });
}

function spreadAxis(x: t.Value, axis: number, count: number, value: number): t.Value {
  const length = x.shape[axis]!;
  if (count === 0 || length === 1) return x;
  const outer = t.sizeOf(x.shape.slice(0, axis));
  const inner = t.sizeOf(x.shape.slice(axis + 1));
  const rows = t.reshape(x, [outer * length, 1, inner]);
  const padded = t.reshape(t.pad(rows, { after: [0, count, 0], value }), [
    outer,
    length * (count + 1),
    inner,
  ]);
  const kept = (length - 1) * (count + 1) + 1;
  return t.reshape(t.slice(padded, [0, 0, 0], [outer, kept, inner]), x.shape.with(axis, kept));
}
