/** Generated examples, one after the other, channels last. */
export interface Samples {
  readonly values: Float32Array;
  /** Of one example: `[height, width, channels]`, `[frames, height, width, channels]`, or `[2]` for points. */
  readonly shape: readonly number[];
  /** What black and white are. Unbounded ends count as -1 and 1. */
  readonly range: { readonly low: number; readonly high: number };
}

/** How many examples there are. */
export function sampleCount(samples: Samples): number {
  return samples.values.length / samples.shape.reduce((product, size) => product * size, 1);
}

/** Bytes from 0 at the lower end of the range to 255 at the upper one; what lies outside is cut off. */
export function toBytes(values: Float32Array, range: Samples['range']): Uint8Array {
  const low = Number.isFinite(range.low) ? range.low : -1;
  const high = Number.isFinite(range.high) ? range.high : 1;
  const bytes = new Uint8ClampedArray(values.length);
  const scale = 255 / (high - low);
  for (let i = 0; i < values.length; i++) bytes[i] = (values[i]! - low) * scale;
  return new Uint8Array(bytes.buffer);
}
