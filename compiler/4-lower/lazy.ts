import type { Training, UpdatePlan } from '../3-check/model.ts';
import { neededFor } from '../3-check/needed-for.ts';
import { intervalOf } from '../regularizers/every.ts';

/** The intervals of the penalties that the losses of some updates rest on, from the shortest; 1 left out. */
export function intervalsOf({ graph }: Training, updates: readonly UpdatePlan[]): number[] {
  const found = updates.flatMap(({ loss }) =>
    neededFor(graph, loss).flatMap((index) => {
      const { op } = graph[index]!;
      return 'penalty' in op && intervalOf(op.args) > 1 ? [intervalOf(op.args)] : [];
    }),
  );
  return [...new Set(found)].sort((a, b) => a - b);
}

/**
 * Which intervals can be due at the same step while no others are, the longest lists first and without the
 * empty one: [4, 6] gives [4, 6], [4] and [6], but [4, 16] only [4, 16] and [4].
 */
export function dueTogether(intervals: readonly number[]): number[][] {
  const lists: number[][] = [[]];
  for (const interval of intervals) lists.push(...lists.map((list) => [...list, interval]));
  const isPossible = (list: readonly number[]) => {
    const first = list.reduce(leastCommonMultiple, 1);
    return intervals.every((interval) => list.includes(interval) || first % interval !== 0);
  };
  return lists.filter((list) => list.length > 0 && isPossible(list)).sort((a, b) => b.length - a.length);
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
