import * as t from '../../tensor/index.ts';

/** alpha · (eˣ − 1) where x is below 0, and 0 elsewhere, however large x is. */
export function belowZero(x: t.Value, alpha: number): t.Value {
  const curve = t.sub(t.exp(t.minimum(x, 0)), 1);
  return alpha === 1 ? curve : t.mul(curve, alpha);
}
