import type { DatasetFacts } from '../../runtime/data/dataset.ts';

/** A dataset as the checker would hand it over: `facts('mnist', {}, { image: [28, 28, 1], class: 10 })`. */
export function facts(
  source: string,
  args: Record<string, unknown>,
  fields: Record<string, readonly number[] | number>,
  range: readonly [low: number, high: number] = [-1, 1],
): DatasetFacts {
  return {
    name: 'set',
    source: { name: source },
    args: { has: (name) => name in args, raw: (name) => args[name] },
    fields: Object.entries(fields).map(([name, kind]) => ({
      name,
      type:
        typeof kind === 'number'
          ? { shape: [], range: { low: -Infinity, high: Infinity }, label: kind }
          : { shape: kind, range: { low: range[0], high: range[1] }, label: null },
    })),
  };
}
