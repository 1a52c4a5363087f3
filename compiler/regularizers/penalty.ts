import type { Argument } from '../arguments/argument.ts';
import type { Arguments } from '../arguments/arguments.ts';
import type { Builder, Value } from '../tensor/builder.ts';

/**
 * A penalty on a network itself: `gradient_penalty(D(_, y), real, fake)`. Its first argument is a critic with a
 * hole `_`; then come tensors, then options.
 */
export interface Penalty {
  readonly name: string;
  readonly summary: string;
  /** Markdown, with the formula and the paper. */
  readonly documentation: string;
  /** The tensors after the critic, in order: `['real', 'fake']`. */
  readonly tensors: readonly string[];
  /** `everyArgument` among them. */
  readonly arguments: readonly Argument[];
  /** `slope` (default): it differentiates the critic, which then may not mix examples or take steps. */
  readonly looksAt?: 'slope' | 'scores';
  /** One number. `critic` may be applied any number of times, to tensors shaped like the first of `tensors`. */
  lower(query: PenaltyQuery): Value;
}

export interface PenaltyQuery {
  readonly builder: Builder;
  critic(x: Value): Value;
  readonly tensors: readonly Value[];
  readonly args: Arguments;
  normal(shape: readonly number[]): Value;
  uniform(shape: readonly number[]): Value;
  /** A number that is kept between steps, zero at first. */
  state(name: string): Value;
  /** Gives a kept number its next value. */
  assign(name: string, value: Value): void;
}
