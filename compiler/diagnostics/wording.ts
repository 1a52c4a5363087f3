/** Anything that shows itself: a number, a name, a size such as `2*H`. */
export interface Shown {
  toString(): string;
}

/** A shape as it is written in a spec, the batch left out: `[64, 64, 3]`. */
export function shapeText(shape: readonly Shown[]): string {
  return `[${shape.join(', ')}]`;
}

/** Sizes in words, without the channels: `4 × 4`. A single size stands for itself. */
export function timesText(sizes: readonly Shown[]): string {
  return sizes.join(' × ');
}

/** The sizes of a map without its channels. */
export function withoutChannels(shape: readonly Shown[]): readonly Shown[] {
  return shape.length > 1 ? shape.slice(0, -1) : shape;
}

/** The values that a tensor may hold: `[-1, 1]`. */
export function rangeText(range: { readonly low: number; readonly high: number }): string {
  const bound = (value: number) =>
    value === Infinity ? '∞' : value === -Infinity ? '-∞' : String(Number(value.toPrecision(6)));
  return `[${bound(range.low)}, ${bound(range.high)}]`;
}

/** The way of a size through layers: `300 → 150 → 75`. */
export function journeyText(sizes: readonly Shown[]): string {
  return sizes.join(' → ');
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(items: readonly Shown[], word: 'and' | 'or' = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** `1 layer`, `2 layers`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `once`, `twice`, `3 times`. */
export function timesWord(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

/** `a layer`, `an image`. */
export function article(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** A count as it is read: `100,000`. */
export function numberText(count: number): string {
  return count.toLocaleString('en-US');
}

/** `63.2 MiB` */
export function bytesText(bytes: number): string {
  return scaledText(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']);
}

/** A number in the largest unit of which there is one: `1.1 MFLOP`. */
export function scaledText(value: number, step: number, units: readonly string[]): string {
  let [rest, unit] = [value, 0];
  while (rest >= step && unit < units.length - 1) {
    rest /= step;
    unit++;
  }
  return `${unit === 0 || rest >= 100 ? Math.round(rest) : rest.toFixed(1)} ${units[unit]}`;
}

/** A learning rate or the like as it is written in a spec, to three digits: `2e-4`, `0.05`. */
export function rateText(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 0.001 || rounded === 0 ? String(rounded) : rounded.toExponential();
}
