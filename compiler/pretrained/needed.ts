import type { Topology } from './topology.ts';

/** The uses that some others rest on, those included, each after what it is given. What follows them is left out. */
export function neededUses({ uses }: Topology, wanted: readonly string[]): string[] {
  const needed = new Set<string>();
  const open = [...wanted];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (needed.has(next)) continue;
    needed.add(next);
    open.push(...uses.get(next)!.inputs);
  }
  return [...uses.keys()].filter((id) => needed.has(id));
}
