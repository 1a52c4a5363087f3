import type { Argument } from '../arguments/argument.ts';

/** Every penalty takes it: lowering leaves the penalty out at the other steps, and multiplies it at these. */
export const everyArgument: Argument = {
  name: 'every',
  kind: 'int',
  summary: 'counts at every so many steps only, that many times as much',
  default: 1,
  min: 1,
  max: 10_000,
};
