import type { Argument } from '../../arguments/argument.ts';
import { argumentValue } from '../../diagnostics/codes/argument-value.ts';
import * as t from '../../tensor/index.ts';
import type { ShapeQuery } from '../layer.ts';

/** Filters of fixed taps, the same along every axis, and what they do to the size of a map. */

export const tapsArgument: Argument = {
  name: 'taps',
  kind: 'int',
  summary: 'the filter along each axis, divided by its sum',
  default: [1, 3, 3, 1],
  min: 0,
  max: 1000,
};

export function tapsFit(query: ShapeQuery, layer: string): boolean {
  const taps = query.args.perAxis('taps', 1);
  // One tap changes nothing: somebody has given the size of a window.
  if (taps.length > 1 && taps.some((tap) => tap > 0)) return true;
  query.report(argumentValue, {
    at: query.args.span('taps') ?? query.span,
    facts: {
      call: layer,
      name: 'taps',
      wanted: 'a list such as [1, 3, 3, 1]',
      given: `[${taps.join(', ')}]`,
    },
  });
  return false;
}

export interface Filtering {
  readonly taps: readonly number[];
  /** Zeros are put between neighbours, so that there are so many times as many; brightness is kept. */
  readonly up: number;
  /** Of the filtered places, one of so many is kept. */
  readonly down: number;
  /** Zeros around each spatial axis; a negative number cuts off. */
  readonly padding: readonly (readonly [before: number, after: number])[];
}

/** The zeros with which a map becomes `up` times as large, or `down` times as small, and its middle stays. */
export function middlePadding(taps: number, up: number, down: number): readonly [number, number] {
  return up > 1
    ? [Math.floor((taps + up - 1) / 2), Math.floor((taps - up) / 2)]
    : [Math.floor((taps - down + 1) / 2), Math.floor((taps - down) / 2)];
}

/** Filters the spatial axes of x (N…C), one after the other. */
export function filtered(x: t.Value, { taps, up, down, padding }: Filtering): t.Value {
  const sum = taps.reduce((a, b) => a + b, 0);
  const weights = taps.map((tap) => (tap * up) / sum).reverse();
  return padding.reduce((y, [before, after], spatial) => {
    const axis = spatial + 1;
    const spread = widened(y, axis, before, after + up - 1, up - 1);
    const count = Math.floor((spread.shape[axis]! - taps.length) / down) + 1;
    const terms = weights.flatMap((weight, tap) => {
      if (weight === 0) return [];
      const begin = spread.shape.map(() => 0).with(axis, tap);
      const strides = spread.shape.map(() => 1).with(axis, down);
      return [t.mul(t.slice(spread, begin, spread.shape.with(axis, count), strides), weight)];
    });
    return t.addAll(terms);
  }, x);
}

function widened(x: t.Value, axis: number, before: number, after: number, interior: number): t.Value {
  const none = x.shape.map(() => 0);
  const wide = t.pad(x, {
    before: none.with(axis, Math.max(before, 0)),
    after: none.with(axis, Math.max(after, 0)),
    interior: none.with(axis, interior),
  });
  const [head, tail] = [Math.max(-before, 0), Math.max(-after, 0)];
  if (head + tail === 0) return wide;
  return t.slice(wide, none.with(axis, head), wide.shape.with(axis, wide.shape[axis]! - head - tail));
}
