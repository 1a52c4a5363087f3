import type { Argument } from '../arguments/argument.ts';
import type { Arguments } from '../arguments/arguments.ts';

/** A number that depends on the step. */
export interface Schedule {
  readonly name: string;
  readonly summary: string;
  readonly documentation: string;
  readonly arguments: readonly Argument[];
  /** The value at a step, counted from 0. */
  value(args: Arguments, step: number): number;
  /** The step after which it no longer changes; null when it always does. */
  end(args: Arguments): number | null;
}
