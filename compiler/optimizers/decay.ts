import type { Argument } from '../arguments/argument.ts';
import * as t from '../tensor/index.ts';
import type { OptimizerQuery } from './optimizer.ts';

export const decayArgument: Argument = {
  name: 'decay',
  kind: 'scheduled',
  summary: 'the share of a weight, times lr, that is taken off at every update',
  default: 0.01,
  min: 0,
};

/** w · (1 − lr · decay): the weight, drawn towards 0 apart from its gradient. */
export function decayed({ weight, option }: OptimizerQuery): t.Value {
  return t.mul(weight, t.sub(1, t.mul(option('lr'), option('decay'))));
}
