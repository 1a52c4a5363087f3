import * as t from '../../tensor/index.ts';

/** Red, green and blue with their grey taken out, [N, …, 3], turned around grey by an angle in radians. */
export function hueTurned(colour: t.Value, angle: t.Value): t.Value {
  const [red, green, blue] = [0, 1, 2].map((channel) =>
    t.slice(
      colour,
      colour.shape.map((_, axis) => (axis === colour.shape.length - 1 ? channel : 0)),
      colour.shape.with(-1, 1),
    ),
  ) as [t.Value, t.Value, t.Value];
  // The product of the grey axis (1, 1, 1) / √3 with the colour: a quarter of a turn further.
  const quarter = t.mul(
    t.concat([t.sub(blue, green), t.sub(red, blue), t.sub(green, red)], -1),
    1 / Math.sqrt(3),
  );
  return t.add(t.mul(colour, t.cos(angle)), t.mul(quarter, t.sin(angle)));
}
