/** The values that a tensor may hold: a closed interval, with infinities where it is unbounded. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const UNBOUNDED: Interval = { low: -Infinity, high: Infinity };
