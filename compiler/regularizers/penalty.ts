import type { Argument } from '../arguments/argument.ts';
import type { Arguments } from '../arguments/arguments.ts';
import type { Builder, Value } from '../tensor/builder.ts';

/** A penalty on a network itself, for losses. */
export type Penalty = CriticPenalty | WeightPenalty;

interface PenaltyWords {
  readonly name: string;
  readonly summary: string;
  /** Markdown, with the formula and the paper. */
  readonly documentation: string;
  /** `everyArgument` among them, where it can be left out at some steps. */
  readonly arguments: readonly Argument[];
}

/**
 * A penalty on what a network answers: `gradient_penalty(D(_, y), real, fake)`. Its first argument is a critic with a
 * hole `_`; then come tensors, then options.
 */
export interface CriticPenalty extends PenaltyWords {
  /** The tensors after the critic, in order: `['real', 'fake']`. */
  readonly tensors: readonly string[];
  /** `slope` (default): it differentiates the critic, which then may not mix examples or take steps. */
  readonly looksAt?: 'slope' | 'scores';
  /** `gradient`: a tensor shaped like the first one, instead of one number (default). */
  readonly gives?: 'number' | 'gradient';
  /** `critic` may be applied any number of times, to tensors shaped like the first of `tensors`. */
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

/** A penalty on the kernels of a network: `1e-4 * orthogonal_penalty(G)`. Its first argument is the network; then come options. */
export interface WeightPenalty extends PenaltyWords {
  readonly tensors: readonly [];
  readonly looksAt: 'weights';
  /** One number for one kernel; those of all kernels are added up. */
  lower(query: WeightPenaltyQuery): Value;
}

export interface WeightPenaltyQuery {
  /** The kernel as it is trained, before a constraint holds it, as a matrix: one column per output. */
  readonly matrix: Value;
  readonly args: Arguments;
  /** Numbers that are kept between steps, zero at first. */
  state(name: string, shape: readonly number[]): Value;
  assign(name: string, value: Value): void;
}
