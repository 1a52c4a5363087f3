import { UNBOUNDED } from '../3-check/interval.ts';
import type { Argument } from '../arguments/argument.ts';
import * as t from '../tensor/index.ts';
import type { Distribution, DrawQuery } from './distribution.ts';

/** Initialisers whose width follows from how many numbers meet in an output (fan in) and in an input (fan out). */

const gainArgument: Argument = {
  name: 'gain',
  kind: 'number',
  summary: 'a factor on the standard deviation',
  default: 1,
  min: 0,
};

interface FanWords extends Pick<Distribution, 'name' | 'summary' | 'documentation'> {
  readonly shape: 'normal' | 'uniform';
  /** Which standard deviation it wants. */
  std(fanIn: number, fanOut: number): number;
}

export function defineScaledByFan({ shape: kind, std, ...words }: FanWords): Distribution {
  return {
    ...words,
    arguments: [gainArgument],
    // How wide it is depends on the weight.
    range: () => UNBOUNDED,
    draw(query: DrawQuery) {
      const { shape, fanIn, fanOut, args } = query;
      const wanted = args.number('gain') * std(fanIn ?? t.sizeOf(shape), fanOut ?? t.sizeOf(shape));
      if (kind === 'normal') return t.mul(query.normal(shape), wanted);
      // A uniform number in [-a, a] has the standard deviation a / √3.
      const reach = wanted * Math.sqrt(3);
      return t.sub(t.mul(query.uniform(shape), 2 * reach), reach);
    },
  };
}
