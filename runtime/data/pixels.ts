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

/**
 * Covers the wanted size keeping the proportions, and cuts the middle out. A smaller image is made of averages over the
 * area of each of its pixels, so that half the size is what `avg_pool(2)` makes of it; a larger one is interpolated bilinearly.
 */
function coverCrop(
  from: { height: number; width: number; channels: number },
  to: { height: number; width: number },
): Conversion {
  const step = Math.min(from.height / to.height, from.width / to.width);
  const down = taps(from.height, to.height, step);
  const across = taps(from.width, to.width, step);
  const rowLength = from.width * from.channels;
  const between = new Float32Array(to.height * rowLength);
  return (source) => {
    // Rows first, then columns: the two axes do not depend on each other.
    between.fill(0);
    for (const { at, place, weight } of down) {
      for (let i = 0; i < rowLength; i++)
        between[at * rowLength + i]! += weight * source[place * rowLength + i]!;
    }
    const out = new Float32Array(to.height * to.width * from.channels);
    for (let y = 0; y < to.height; y++) {
      for (const { at, place, weight } of across) {
        const into = (y * to.width + at) * from.channels;
        const start = y * rowLength + place * from.channels;
        for (let c = 0; c < from.channels; c++) out[into + c]! += weight * between[start + c]!;
      }
    }
    const rounded = new Uint8Array(out.length);
    for (let i = 0; i < out.length; i++) rounded[i] = out[i]! + 0.5;
    return rounded;
  };
}

/** What each wanted place along an axis is made of, with weights that add up to 1. */
function taps(from: number, to: number, step: number): { at: number; place: number; weight: number }[] {
  const offset = (from - to * step) / 2;
  const share = step > 1 ? overlap : tent;
  return Array.from({ length: to }, (_, at) => {
    const [start, end] = [offset + at * step, offset + (at + 1) * step];
    const found: { at: number; place: number; weight: number }[] = [];
    for (let place = Math.floor(start) - 1; place <= Math.ceil(end); place++) {
      const weight = share(place, start, end);
      // Beyond the edge the edge goes on.
      if (weight > 0) found.push({ at, place: Math.min(from - 1, Math.max(0, place)), weight });
    }
    const total = found.reduce((sum, { weight }) => sum + weight, 0);
    return found.map((tap) => ({ ...tap, weight: tap.weight / total }));
  }).flat();
}

/** How much of the pixel at a place lies between two ends. */
function overlap(place: number, start: number, end: number): number {
  return Math.min(place + 1, end) - Math.max(place, start);
}

/** How near the pixel at a place is to the middle between two ends: 1 there, 0 from the next pixel on. */
function tent(place: number, start: number, end: number): number {
  return 1 - Math.abs(place + 0.5 - (start + end) / 2);
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
