import type { Value } from './builder.ts';
import { ProgramError } from './primitive.ts';
import { sameShape, showShape } from './shapes.ts';

/**
 * Values as they would be if others stood in the place of some that they rest on, by their ids. What rests on those
 * is written once more; all else is taken as it is, random numbers too.
 */
export function substitute(values: readonly Value[], instead: ReadonlyMap<number, Value>): Value[] {
  if (values.length === 0 || instead.size === 0) return [...values];
  const { builder } = values[0]!;
  for (const [id, value] of instead) {
    const { shape, dtype } = builder.value(id);
    if (!sameShape(shape, value.shape) || dtype !== value.dtype) {
      throw new ProgramError(`${showShape(value.shape)} cannot stand in the place of ${showShape(shape)}`);
    }
  }
  const first = Math.min(...instead.keys());
  const last = Math.max(...values.map(({ id }) => id));
  // What stands after the last of them rests on none of the values, and may be what stands in their place.
  const needed = new Set(values.map(({ id }) => id));
  for (let id = last; id > first; id--) {
    if (needed.has(id) && !instead.has(id)) for (const input of builder.nodes[id]!.inputs) needed.add(input);
  }
  const now = new Map(instead);
  for (let id = first; id <= last; id++) {
    const node = builder.nodes[id]!;
    if (!needed.has(id) || now.has(id) || !node.inputs.some((input) => now.has(input))) continue;
    now.set(id, builder.append({ ...node, inputs: node.inputs.map((input) => now.get(input)?.id ?? input) }));
  }
  return values.map((value) => now.get(value.id) ?? value);
}
