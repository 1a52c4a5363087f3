import { expect } from 'vitest';

/** Two lists agree number by number, to `tolerance` times the largest expected number (or 1). */
export function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-12): void {
  expect(found.length).toBe(expected.length);
  const scale = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const worst = Array.from(found).reduce((most, value, at) => {
    const error = Math.abs(value - expected[at]!);
    return Number.isNaN(error) ? Infinity : Math.max(most, error);
  }, 0);
  expect(worst / scale).toBeLessThanOrEqual(tolerance);
}
