/** Pictures of one size, [height, width, channels]. */
export interface Size {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** How much each scale counts, from the finest (Wang, Simoncelli & Bovik, 2003). */
const WEIGHTS = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];
/** The window: a Gaussian of deviation 1.5, cut off at 11 places. */
export const WINDOW = 11;
const DEVIATION = 1.5;

/**
 * The multi-scale structural similarity of two pictures whose values lie from 0 to `reach`: 1 for the same picture. Each scale is half
 * as large as the one before; there are five, or as many as have room for the window, with their weights made to sum to 1.
 */
export function similarity(a: Float64Array, b: Float64Array, size: Size, reach: number): number {
  const scales = scalesOf(size);
  const total = WEIGHTS.slice(0, scales).reduce((sum, weight) => sum + weight, 0);
  let [left, right, at, product] = [a, b, size, 1];
  for (let scale = 0; scale < scales; scale++) {
    if (scale > 0) {
      [left, right] = [halved(left, at), halved(right, at)];
      at = { ...at, height: Math.floor(at.height / 2), width: Math.floor(at.width / 2) };
    }
    const { structure, whole } = compared(left, right, at, reach);
    const term = scale === scales - 1 ? whole : structure;
    product *= Math.max(0, term) ** (WEIGHTS[scale]! / total);
  }
  return product;
}

/** How many scales have room for the window. */
export function scalesOf({ height, width }: Size): number {
  const side = Math.min(height, width);
  return WEIGHTS.filter((_, scale) => Math.floor(side / 2 ** scale) >= WINDOW).length;
}

/** Means over all windows of contrast and structure, and of these times luminance. */
function compared(a: Float64Array, b: Float64Array, size: Size, reach: number) {
  const [c1, c2] = [(0.01 * reach) ** 2, (0.03 * reach) ** 2];
  const squares = (x: Float64Array, y: Float64Array) => x.map((value, i) => value * y[i]!);
  const [ma, mb] = [blurred(a, size), blurred(b, size)];
  const [aa, bb, ab] = [squares(a, a), squares(b, b), squares(a, b)].map((x) => blurred(x, size));
  let [structure, whole] = [0, 0];
  for (let i = 0; i < ma.length; i++) {
    const [x, y] = [ma[i]!, mb[i]!];
    const spread = aa![i]! - x * x + bb![i]! - y * y;
    const part = (2 * (ab![i]! - x * y) + c2) / (spread + c2);
    structure += part;
    whole += (part * (2 * x * y + c1)) / (x * x + y * y + c1);
  }
  return { structure: structure / ma.length, whole: whole / ma.length };
}

const KERNEL = (() => {
  const kernel = Array.from({ length: WINDOW }, (_, i) =>
    Math.exp(-((i - (WINDOW - 1) / 2) ** 2) / (2 * DEVIATION ** 2)),
  );
  const sum = kernel.reduce((total, value) => total + value, 0);
  return kernel.map((value) => value / sum);
})();

/** The weighted mean of every window that lies inside, along both axes in turn. */
function blurred(x: Float64Array, { height, width, channels }: Size): Float64Array {
  const across = (width - WINDOW + 1) * channels;
  const rows = new Float64Array(height * across);
  for (let row = 0; row < height; row++) {
    for (let i = 0; i < across; i++) {
      let sum = 0;
      for (let k = 0; k < WINDOW; k++) sum += KERNEL[k]! * x[row * width * channels + i + k * channels]!;
      rows[row * across + i] = sum;
    }
  }
  return Float64Array.from({ length: (height - WINDOW + 1) * across }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < WINDOW; k++) sum += KERNEL[k]! * rows[i + k * across]!;
    return sum;
  });
}

/** Means of four pixels each; an odd row or column at the end is left out. */
function halved(x: Float64Array, { height, width, channels }: Size): Float64Array {
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
  return Float64Array.from({ length: rows * columns * channels }, (_, i) => {
    const [pixel, channel] = [Math.floor(i / channels), i % channels];
    const at = (2 * Math.floor(pixel / columns) * width + 2 * (pixel % columns)) * channels + channel;
    const below = at + width * channels;
    return (x[at]! + x[at + channels]! + x[below]! + x[below + channels]!) / 4;
  });
}
