/** Decoded images of one size, one after the other, channels last, a byte per channel. */
export interface PixelStore {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Brings an image to another size and number of channels; `null` where none of that is needed. */
export type Conversion = (source: Uint8Array) => Uint8Array;

export function fitting(
  from: { height: number; width: number; channels: number },
  to: { height: number; width: number; channels: number },
): Conversion | null {
  const resized = from.height !== to.height || from.width !== to.width;
  if (!resized && from.channels === to.channels) return null;
  const pick = resized ? coverCrop(from, to) : null;
  return (source) => {
    const sized = pick ? pick(source) : source;
    return from.channels === to.channels ? sized : convertChannels(sized, from.channels, to.channels);
  };
}

/** Covers the wanted size keeping the proportions, cuts the middle out, and interpolates bilinearly. */
function coverCrop(
  from: { height: number; width: number; channels: number },
  to: { height: number; width: number },
): Conversion {
  const step = Math.min(from.height / to.height, from.width / to.width);
  const rows = taps(from.height, to.height, step);
  const columns = taps(from.width, to.width, step);
  const { width, channels } = from;
  return (source) => {
    const out = new Uint8Array(to.height * to.width * channels);
    let at = 0;
    for (const row of rows) {
      for (const column of columns) {
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (const [y, wy] of row)
            for (const [x, wx] of column) sum += wy * wx * source[(y * width + x) * channels + c]!;
          out[at++] = Math.round(sum);
        }
      }
    }
    return out;
  };
}

/** For each wanted place along an axis, the places it is made of and their weights: a tent as wide as the step. */
function taps(from: number, to: number, step: number): [place: number, weight: number][][] {
  const reach = Math.max(1, step);
  const offset = (from - to * step) / 2;
  return Array.from({ length: to }, (_, i) => {
    const centre = offset + (i + 0.5) * step - 0.5;
    const found = new Map<number, number>();
    for (let place = Math.ceil(centre - reach); place <= centre + reach; place++) {
      const weight = 1 - Math.abs(place - centre) / reach;
      const inside = Math.min(from - 1, Math.max(0, place));
      if (weight > 0) found.set(inside, (found.get(inside) ?? 0) + weight);
    }
    const total = [...found.values()].reduce((a, b) => a + b, 0);
    return [...found].map(([place, weight]) => [place, weight / total]);
  });
}

/** Between grey (1), colour (3) and colour with alpha (4); grey is the luma of Rec. 601. */
function convertChannels(source: Uint8Array, from: number, to: number): Uint8Array {
  const count = source.length / from;
  const out = new Uint8Array(count * to);
  for (let i = 0; i < count; i++) {
    const red = source[i * from]!;
    const green = from === 1 ? red : source[i * from + 1]!;
    const blue = from === 1 ? red : source[i * from + 2]!;
    if (to === 1) out[i] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    else {
      out[i * to] = red;
      out[i * to + 1] = green;
      out[i * to + 2] = blue;
      if (to === 4) out[i * to + 3] = 255;
    }
  }
  return out;
}
