import type { Interval } from '../../3-check/interval.ts';
import type { Argument } from '../../arguments/argument.ts';
import type { Arguments } from '../../arguments/arguments.ts';
import { sizeOf, type Value } from '../../tensor/index.ts';
import type { Layer, LayerExample } from '../layer.ts';

/** What tells one element-by-element function from another. */
export interface ElementwiseWords {
  readonly name: string;
  readonly summary: string;
  readonly documentation: string;
  readonly arguments?: readonly Argument[];
  readonly examples?: readonly LayerExample[];
  readonly isStep?: boolean;
  /** The values it gives for values in an interval. */
  range(x: Interval, args: Arguments): Interval;
  /** How many tensors it makes on the way that gradients need; 0 when left out. */
  readonly keeps?: number;
  /** The function, in primitives. */
  apply(x: Value, args: Arguments): Value;
}

/** A layer that changes every number on its own, so that any shape goes in and the same comes out. */
export function defineElementwise({ range, apply, keeps, examples, ...words }: ElementwiseWords): Layer {
  return {
    arguments: [],
    ...words,
    inputs: 'one',
    needsNoBatch: true,
    shape: ({ inputs: [x] }) => x!,
    range: ([x], args) => range(x!, args),
    ...(keeps && { keeps: ({ output }) => keeps * sizeOf(output) }),
    lower: ({ inputs: [x], args }) => apply(x!, args),
    examples: examples ?? [
      { call: words.name, inputs: [[7]], output: [7] },
      { call: words.name, inputs: [[3, 2, 2]], output: [3, 2, 2] },
    ],
  };
}

/** The range of a function that never falls: what it makes of the two ends. */
export function rising(f: (x: number) => number): (x: Interval) => Interval {
  return ({ low, high }) => ({ low: f(low), high: f(high) });
}
