import * as t from '../tensor/index.ts';

/** An average that keeps `share` of what it was. */
export function moved(average: t.Value, value: t.Value, share: t.Value): t.Value {
  return t.add(t.mul(average, share), t.mul(value, t.sub(1, share)));
}
