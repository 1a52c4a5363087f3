import type { Interval } from '../3-check/interval.ts';
import { addShapeMismatch } from '../diagnostics/codes/add-shape-mismatch.ts';
import type { Layer } from '../layers/layer.ts';
import type { Value } from '../tensor/index.ts';

interface PairwiseWords extends Pick<Layer, 'name' | 'summary' | 'documentation'> {
  range(inputs: readonly Interval[]): Interval;
  apply(a: Value, b: Value): Value;
}

/** A function of several tensors, number by number; a plain number counts for all places. */
export function definePairwise({ range, apply, ...words }: PairwiseWords): Layer {
  return {
    ...words,
    inputs: 'many',
    needsNoBatch: true,
    arguments: [],
    shape(query) {
      const tensors = query.inputs.flatMap((shape, index) => (shape.length > 0 ? [{ shape, index }] : []));
      const [first] = tensors;
      const other = tensors.find(({ shape }) => shape.join() !== first!.shape.join());
      if (!first || !other) return first?.shape ?? [];
      return query.report(addShapeMismatch, {
        facts: { operator: words.name, left: first.shape, right: other.shape },
        also: { left: query.inputSpans[first.index]!, right: query.inputSpans[other.index]! },
      });
    },
    range: (inputs) => range(inputs),
    lower: ({ inputs }) => inputs.reduce((a, b) => apply(a, b)),
    examples: [
      { call: words.name, inputs: [[3], [3]], output: [3] },
      {
        call: words.name,
        inputs: [
          [2, 2, 1],
          [2, 2, 1],
          [2, 2, 1],
        ],
        output: [2, 2, 1],
      },
    ],
  };
}
