import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  difference,
  type Interval,
  negated,
  product,
  quotient,
  sum,
  UNBOUNDED,
  union,
} from '../../compiler/3-check/interval.ts';

/** An interval and a number in it. */
const inside = fc
  .tuple(fc.integer({ min: -9, max: 9 }), fc.nat(9), fc.nat(9), fc.boolean(), fc.boolean())
  .map(([x, below, above, endless, boundless]) => ({
    x,
    interval: {
      low: boundless ? -Infinity : x - below,
      high: endless ? Infinity : x + above,
    } satisfies Interval,
  }));

const holds = ({ low, high }: Interval, x: number) => low <= x + 1e-9 && x - 1e-9 <= high;

test('what can come out of arithmetic lies in the interval that is said', () => {
  fc.assert(
    fc.property(inside, inside, ({ x, interval: a }, { x: y, interval: b }) => {
      expect(holds(sum(a, b), x + y)).toBe(true);
      expect(holds(difference(a, b), x - y)).toBe(true);
      expect(holds(product(a, b), x * y)).toBe(true);
      expect(holds(negated(a), -x)).toBe(true);
      expect(holds(union(a, b), x) && holds(union(a, b), y)).toBe(true);
      if (y !== 0) expect(holds(quotient(a, b), x / y)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('bounds are tight where they are known', () => {
  const unit = { low: -1, high: 1 };
  expect(product(unit, { low: 0.5, high: 0.5 })).toEqual({ low: -0.5, high: 0.5 });
  expect(sum(product(unit, { low: 0.5, high: 0.5 }), { low: 0.5, high: 0.5 })).toEqual({ low: 0, high: 1 });
  expect(quotient(unit, unit)).toEqual(UNBOUNDED);
  expect(negated({ low: 0, high: Infinity })).toEqual({ low: -Infinity, high: 0 });
});
