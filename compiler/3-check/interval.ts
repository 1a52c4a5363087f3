/** The values that a tensor may hold: a closed interval, with infinities where it is unbounded. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const UNBOUNDED: Interval = { low: -Infinity, high: Infinity };

export function exactly(value: number): Interval {
  return { low: value, high: value };
}

export function isBounded(x: Interval): boolean {
  return Number.isFinite(x.low) && Number.isFinite(x.high);
}

/** Whether a range of values fills another: not beyond it, and not much less. */
export function covers(wanted: Interval, made: Interval): boolean {
  const width = wanted.high - wanted.low;
  const slack = 1e-6 * width;
  const isInside = made.low >= wanted.low - slack && made.high <= wanted.high + slack;
  return isInside && made.high - made.low >= 0.9 * width;
}

/** The smallest interval that holds both. */
export function union(a: Interval, b: Interval): Interval {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

export function negated(x: Interval): Interval {
  return { low: -x.high || 0, high: -x.low || 0 };
}

export function sum(a: Interval, b: Interval): Interval {
  return { low: a.low + b.low, high: a.high + b.high };
}

export function difference(a: Interval, b: Interval): Interval {
  return sum(a, negated(b));
}

export function product(a: Interval, b: Interval): Interval {
  const corners = [times(a.low, b.low), times(a.low, b.high), times(a.high, b.low), times(a.high, b.high)];
  return { low: Math.min(...corners), high: Math.max(...corners) };
}

export function quotient(a: Interval, b: Interval): Interval {
  if (b.low <= 0 && b.high >= 0) return UNBOUNDED;
  return product(a, { low: 1 / b.high, high: 1 / b.low });
}

/** Nothing times anything is nothing: a bound of zero stays zero against an infinite one. */
function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}
