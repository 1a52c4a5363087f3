import * as t from '../../tensor/index.ts';

/** `count` rows of every image of a batch [N, H, …], each from a row of its own on: `begin` is [N, 1], whole numbers. */
export function rowsFrom(x: t.Value, begin: t.Value, count: number): t.Value {
  const [batch, height, ...row] = x.shape as [number, number, ...number[]];
  const places = t.constant(
    x.builder,
    Array.from({ length: batch * count }, (_, at) => Math.floor(at / count) * height + (at % count)),
    [batch, count],
  );
  // Row numbers go through f32, in which whole numbers are exact far beyond any batch.
  const rows = t.cast(t.reshape(t.add(places, begin), [batch * count]), 'i32');
  return t.reshape(t.gather(t.reshape(x, [batch * height, ...row]), rows), [batch, count, ...row]);
}

/** Rows and columns changed over. */
export function turned(x: t.Value): t.Value {
  return t.transpose(x, [0, 2, 1, 3]);
}
