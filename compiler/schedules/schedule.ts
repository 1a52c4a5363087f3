import type { Argument } from '../arguments/argument.ts';
import type { Arguments } from '../arguments/arguments.ts';

/** What a schedule may ask of the stage of training that a step is in. */
export interface StageTime {
  /** Steps of training before the stage. */
  readonly start: number;
  /** In how many of its steps what is new is faded in. */
  readonly fade: number;
}

/** A training without stages. */
export const WHOLE_TRAINING: StageTime = { start: 0, fade: 0 };

/** A number that depends on the step. */
export interface Schedule {
  readonly name: string;
  readonly summary: string;
  readonly documentation: string;
  readonly arguments: readonly Argument[];
  /** The value at a step, counted from 0 over the whole training. */
  value(args: Arguments, step: number, stage: StageTime): number;
  /** The step after which it no longer changes; null when it always does. */
  end(args: Arguments): number | null;
}
