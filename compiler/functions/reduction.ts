import type { Interval } from '../3-check/interval.ts';
import type { Layer } from '../layers/layer.ts';
import type * as t from '../tensor/index.ts';

interface ReductionWords extends Pick<Layer, 'name' | 'summary' | 'documentation'> {
  range(x: Interval): Interval;
  apply(x: t.Value): t.Value;
}

/** A function that makes one number of a whole batch, for losses. */
export function defineReduction({ range, apply, ...words }: ReductionWords): Layer {
  return {
    ...words,
    inputs: 'one',
    arguments: [],
    result: 'batch',
    needsNoBatch: true,
    shape: () => [],
    range: ([x]) => range(x!),
    lower: ({ inputs: [x] }) => apply(x!),
    examples: [
      { call: words.name, inputs: [[3]], output: [] },
      { call: words.name, inputs: [[2, 3, 1]], output: [] },
    ],
  };
}
