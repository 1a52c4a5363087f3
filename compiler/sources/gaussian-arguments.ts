import type { Argument } from '../arguments/argument.ts';

export function spreadArgument(byDefault: number): Argument {
  return {
    name: 'std',
    kind: 'number',
    summary: 'standard deviation around a centre',
    default: byDefault,
    min: 0,
  };
}

export const pointsArgument: Argument = {
  name: 'points',
  kind: 'int',
  summary: 'how many points there are in all',
  default: 100_000,
  min: 1,
  max: 10_000_000,
};
