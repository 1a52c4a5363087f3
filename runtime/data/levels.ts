import type { FieldFacts } from './dataset.ts';

/** What images hold when a spec declares no range: the convention of GANs, whose generators end in tanh. */
const DEFAULT_RANGE = { low: -1, high: 1 };

/** The range that images of a field are converted to. */
export function imageRange(field: FieldFacts): { low: number; high: number } {
  const { low, high } = field.type.range;
  return Number.isFinite(low) && Number.isFinite(high) ? { low, high } : DEFAULT_RANGE;
}

/**
 * The number that stands for each of the 256 levels of a byte: 0 is exactly `low`, 255 exactly `high`, and in
 * [0, 255] every level is itself.
 */
export function levelTable({ low, high }: { low: number; high: number }): Float32Array {
  return Float32Array.from({ length: 256 }, (_, level) => (low * (255 - level) + high * level) / 255);
}

/** Writes pixels as the numbers that stand for them, from place `start` on. */
export function writeLevels(
  into: Float32Array,
  start: number,
  pixels: Uint8Array,
  table: Float32Array,
): void {
  for (let i = 0; i < pixels.length; i++) into[start + i] = table[pixels[i]!]!;
}
