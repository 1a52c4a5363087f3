import * as t from '../tensor/index.ts';

/** Every example's value replaced by that of the example `distance` further on, round the batch. */
export function neighbour(x: t.Value, distance: number): t.Value {
  const [batch, ...rest] = x.shape as [number, ...number[]];
  const away = distance % batch;
  if (away === 0) return x;
  const begin = rest.map(() => 0);
  const first = t.slice(x, [0, ...begin], [away, ...rest]);
  const others = t.slice(x, [away, ...begin], [batch - away, ...rest]);
  return t.concat([others, first], 0);
}
