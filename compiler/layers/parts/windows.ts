import { Dim } from '../../3-check/dim.ts';
import type { Argument } from '../../arguments/argument.ts';
import type { Arguments, Padding } from '../../arguments/arguments.ts';
import { argumentValue } from '../../diagnostics/codes/argument-value.ts';
import { oddSize } from '../../diagnostics/codes/odd-size.ts';
import { sizeCollapsed } from '../../diagnostics/codes/size-collapsed.ts';
import type { ShapeQuery } from '../layer.ts';

/** Windows that a convolution or pooling layer lays on a map, one number per spatial axis. */
export interface Windows {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: Padding;
}

export const strideArgument: Argument = {
  name: 'stride',
  kind: 'int',
  summary: 'how far the window moves, in pixels; one number per axis as a list',
  default: 1,
  min: 1,
};

export const paddingArgument: Argument = {
  name: 'padding',
  kind: 'padding',
  summary: '"same" (size / stride, rounded up), "valid" (none), a number, or one or [before, after] per axis',
  default: 'same',
};

export const dilationArgument: Argument = {
  name: 'dilation',
  kind: 'int',
  summary: 'distance between neighbouring taps of the kernel, in pixels',
  default: 1,
  min: 1,
  max: 256,
};

/** An int per axis; null after saying that the list has another length than the map has axes. */
export function perAxis(
  query: ShapeQuery,
  layer: string,
  name: string,
  axes: number,
): readonly number[] | null {
  const values = query.args.perAxis(name, axes);
  if (values.length === axes) return values;
  return query.report(argumentValue, {
    at: query.args.span(name) ?? query.span,
    facts: {
      call: layer,
      name,
      wanted: axes === 1 ? 'one number' : `one number, or a list of ${axes}`,
      given: `[${values.join(', ')}]`,
    },
  });
}

/** The padding, with a single number written out for every axis; null after saying what does not fit. */
export function paddingFor(query: ShapeQuery, layer: string, axes: number): Padding | null {
  const padding = paddingOf(query.args, axes);
  if (typeof padding === 'string' || padding.length === axes) return padding;
  return query.report(argumentValue, {
    at: query.args.span('padding') ?? query.span,
    facts: {
      call: layer,
      name: 'padding',
      wanted: `"same", "valid", a number, or ${pairsText(axes)}`,
      given: sidesText(padding),
    },
  });
}

/** `[[before, after]]`: how the sides of so many axes are written. */
export function pairsText(axes: number): string {
  if (axes === 1) return '[[before, after]]';
  return `[before, after] of each axis: [${Array.from({ length: axes }, () => '[before, after]').join(', ')}]`;
}

/** Sides as they are written: an axis with the same on both as one number. */
export function sidesText(padding: Exclude<Padding, string>): string {
  return JSON.stringify(
    padding.map(([before, after]) => (before === after ? before : [before, after])),
  ).replaceAll(',', ', ');
}

export function paddingOf(args: Arguments, axes: number): Padding {
  const raw = args.raw('padding');
  if (typeof raw === 'number') return Array.from({ length: axes }, () => [raw, raw] as const);
  return raw as Padding;
}

/** How many places the windows take along each axis; null after saying that none is left. */
export function countWindows(
  query: ShapeQuery,
  layer: string,
  spatial: readonly Dim[],
  { size, strides, dilations, padding }: Windows,
): readonly Dim[] | null {
  const reach = size.map((taps, axis) => (taps - 1) * dilations[axis]! + 1);
  if (!paddingIsWithin(query, layer, padding, reach)) return null;
  const counts = spatial.map((length, axis) => {
    const stride = strides[axis]!;
    if (padding === 'same') return length.ceilOver(stride);
    const [before, after] = padding === 'valid' ? [0, 0] : padding[axis]!;
    return length
      .plus(before + after - reach[axis]!)
      .floorOver(stride)
      .plus(1);
  });
  if (counts.some((count) => count.value !== null && count.value < 1)) {
    return query.report(sizeCollapsed, { facts: { layer, given: spatial, window: reach.map(Dim.of) } });
  }
  if (!query.args.written('padding')) warnOfRounding(query, layer, spatial, strides, counts);
  return counts;
}

/** No window may lie on padding alone: whatever it gave would not depend on the map. */
export function paddingIsWithin(
  query: ShapeQuery,
  layer: string,
  padding: Padding,
  reach: readonly number[],
): boolean {
  if (typeof padding === 'string') return true;
  const axis = padding.findIndex((sides, at) => Math.max(...sides) >= reach[at]!);
  if (axis < 0) return true;
  query.report(argumentValue, {
    at: query.args.span('padding') ?? query.span,
    facts: {
      call: layer,
      name: 'padding',
      wanted: `less than its window, which is ${reach[axis]}`,
      given: String(Math.max(...padding[axis]!)),
    },
  });
  return false;
}

/** A size that a stride does not divide is rounded up; a reader should see that it was meant. */
function warnOfRounding(
  query: ShapeQuery,
  layer: string,
  spatial: readonly Dim[],
  strides: readonly number[],
  counts: readonly Dim[],
): void {
  const axis = spatial.findIndex(({ value }, at) => value !== null && value % strides[at]! !== 0);
  if (axis < 0) return;
  query.report(oddSize, {
    facts: { layer, size: spatial[axis]!, stride: strides[axis]!, result: counts[axis]! },
  });
}

/** The zeros around a map of known size; for "same" as TensorFlow does: an odd one goes to the end. */
export function zerosAround(
  spatial: readonly number[],
  { size, strides, dilations, padding }: Windows,
): (readonly [before: number, after: number])[] {
  return spatial.map((length, axis) => {
    if (padding === 'valid') return [0, 0];
    if (padding !== 'same') return padding[axis]!;
    const reach = (size[axis]! - 1) * dilations[axis]! + 1;
    const count = Math.ceil(length / strides[axis]!);
    const total = Math.max((count - 1) * strides[axis]! + reach - length, 0);
    const before = Math.floor(total / 2);
    return [before, total - before];
  });
}
