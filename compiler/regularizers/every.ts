import type { Argument } from '../arguments/argument.ts';
import type { Arguments } from '../arguments/arguments.ts';

/** Every penalty that is one number takes it: lowering leaves the penalty out at the other steps, and multiplies it at these. */
export const everyArgument: Argument = {
  name: 'every',
  kind: 'int',
  summary: 'counts at every so many steps only, that many times as much',
  default: 1,
  min: 1,
  max: 10_000,
};

/** At every how many steps a penalty counts. */
export function intervalOf(args: Arguments): number {
  return args.has(everyArgument.name) ? args.int(everyArgument.name) : 1;
}
