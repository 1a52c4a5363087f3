import type { Argument } from '../arguments/argument.ts';

/** How far points lie around their centre. */
export function stdArgument(usual: number): Argument {
  return {
    name: 'std',
    kind: 'number',
    default: usual,
    min: 0,
    summary: 'standard deviation around a centre',
  };
}

export const pointsArgument: Argument = {
  name: 'points',
  kind: 'int',
  default: 100_000,
  min: 1,
  max: 10_000_000,
  summary: 'how many points the set has',
};
