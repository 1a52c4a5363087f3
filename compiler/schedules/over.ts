import type { Argument } from '../arguments/argument.ts';
import type { Arguments } from '../arguments/arguments.ts';

export const fromArgument: Argument = { name: 'from', kind: 'number', summary: 'the value at step 0' };

export const overArgument: Argument = {
  name: 'over',
  kind: 'int',
  summary: 'in how many steps',
  min: 1,
};

/** How much of the way is behind at a step: 0 at first, 1 from `over` on. */
export function progress(args: Arguments, step: number): number {
  return Math.min(Math.max(step / args.int('over'), 0), 1);
}
