import type { JsonNode } from './json-text.ts';

/** Puts things in the order that the file asks for; those that it does not mention stay behind the others. */
export function inOrder<T>(
  things: readonly { item: T; order: string }[],
  order: JsonNode | undefined,
): readonly T[] {
  if (order?.kind !== 'array') return things.map(({ item }) => item);
  const waiting = [...things];
  const placed: T[] = [];
  for (const wanted of order.items) {
    const i = waiting.findIndex((one) => wanted.kind === 'string' && one.order === wanted.value);
    if (i >= 0) placed.push(...waiting.splice(i, 1).map(({ item }) => item));
  }
  return [...placed, ...waiting.map(({ item }) => item)];
}
