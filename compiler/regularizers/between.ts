import * as t from '../tensor/index.ts';
import type { PenaltyQuery } from './penalty.ts';

/** For every example a random place of its own on the straight line between `a` and `b`. */
export function between(a: t.Value, b: t.Value, uniform: PenaltyQuery['uniform']): t.Value {
  const onePerExample = a.shape.map((size, axis) => (axis === 0 ? size : 1));
  return t.add(a, t.mul(t.sub(b, a), uniform(onePerExample)));
}
