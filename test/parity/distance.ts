import { expect } from 'vitest';

export type Numbers = ArrayLike<number>;

export function largest(values: Numbers): number {
  return Array.from(values).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
}

/** The largest distance of two lists, less what is allowed at that place; infinite where there is a NaN. */
export function excess(found: Numbers, expected: Numbers, allowed: (at: number) => number = () => 0): number {
  expect(found.length).toBe(expected.length);
  return Array.from(expected).reduce((worst, value, at) => {
    const error = Math.abs(found[at]! - value);
    return Number.isNaN(error) ? Infinity : Math.max(worst, error - allowed(at));
  }, 0);
}
