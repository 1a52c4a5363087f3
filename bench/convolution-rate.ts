import type { Use } from './convolutions.ts';
import type { Result } from './race.ts';
import { median } from './table.ts';

/** A model's convolutions, each run on its own by whoever is fastest at it. */
export interface ConvolutionRate {
  /** Milliseconds and floating-point operations of all convolutions of a step. */
  readonly time: number;
  readonly flops: number;
  /** The fastest kind: its operations a millisecond. */
  readonly best: number;
  /** How many kinds each runner is the fastest at. */
  readonly fastest: ReadonlyMap<string, number>;
}

/** Null when nobody has run them. */
export function convolutionRate(uses: readonly Use[], results: readonly Result[]): ConvolutionRate | null {
  if (results.length === 0) return null;
  let [time, flops, best] = [0, 0, 0];
  const fastest = new Map<string, number>();
  uses.forEach((use, index) => {
    const [first] = results
      .map(({ name, times }) => ({ name, time: median(times.get(`${index}`)!) }))
      .sort((a, b) => a.time - b.time);
    time += use.count * first!.time;
    flops += use.count * use.flops;
    best = Math.max(best, use.flops / first!.time);
    fastest.set(first!.name, (fastest.get(first!.name) ?? 0) + 1);
  });
  return { time, flops, best, fastest };
}
