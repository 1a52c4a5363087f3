import type { GraphNode } from './model.ts';

/** The nodes that `wanted` rests on, itself included, in order; those in `known` are left out. */
export function neededFor(
  nodes: readonly GraphNode[],
  wanted: number,
  known: ReadonlyMap<number, unknown> = new Map(),
): number[] {
  const needed = new Set<number>();
  const open = [wanted];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (known.has(next) || needed.has(next)) continue;
    needed.add(next);
    open.push(...nodes[next]!.inputs);
  }
  return [...needed].sort((a, b) => a - b);
}
