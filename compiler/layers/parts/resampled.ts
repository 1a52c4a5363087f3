import * as t from '../../tensor/index.ts';
import { placesIn, readAt } from './bilinear.ts';

/**
 * Where the pixels of a new picture are read in the old one, in pixels from its middle. The functions below say what becomes of
 * the picture: places go the other way. Of several, the one that is written innermost comes last.
 */
export interface Places {
  readonly rows: t.Value;
  readonly columns: t.Value;
}

/** Pictures [N, H, W, C] read once at other places, however many changes those have gone through. */
export function resampled(x: t.Value, outside: string, change: (places: Places) => Places): t.Value {
  const [batch, height, width] = x.shape as [number, number, number, number];
  const { rows, columns } = placesIn(x);
  const [middle, centre] = [(height - 1) / 2, (width - 1) / 2];
  const from = change({ rows: t.sub(rows, middle), columns: t.sub(columns, centre) });
  const all = (places: t.Value) => t.broadcastTo(places, [batch, height, width]);
  return readAt(x, all(t.add(from.rows, middle)), all(t.add(from.columns, centre)), outside);
}

/** One number for every picture, shaped to meet places. */
export function onePerPlaces(x: t.Value): readonly number[] {
  return [x.shape[0]!, 1, 1];
}

/** Turned around the middle, against the clock, by an angle in radians. */
export function rotated({ rows, columns }: Places, angle: t.Value): Places {
  const [cos, sin] = [t.cos(angle), t.sin(angle)];
  return {
    rows: t.add(t.mul(rows, cos), t.mul(columns, sin)),
    columns: t.sub(t.mul(columns, cos), t.mul(rows, sin)),
  };
}

/** Down and to the right by so many pixels. */
export function moved({ rows, columns }: Places, down: t.Value, right: t.Value): Places {
  return { rows: t.sub(rows, down), columns: t.sub(columns, right) };
}

/** So many times as high and as wide. */
export function scaled({ rows, columns }: Places, height: t.Value, width: t.Value): Places {
  return { rows: t.div(rows, height), columns: t.div(columns, width) };
}
