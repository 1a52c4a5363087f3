import type { Argument } from '../arguments/argument.ts';
import type { Arguments, CallValue } from '../arguments/arguments.ts';
import type { Value } from '../tensor/builder.ts';

/** How a weight is held while it is trained: `conv2d(64, weights: spectral_norm)`. */
export interface Constraint {
  readonly name: string;
  readonly summary: string;
  /** Markdown, with the formula and the paper. */
  readonly documentation: string;
  readonly arguments: readonly Argument[];
  /** Where a weight that is held so is drawn at first, whatever `train` says, unless its layer says otherwise. */
  readonly initial?: CallValue;
  /**
   * Vectors kept between steps, drawn from the standard normal distribution at first. `matrix` is the shape
   * of the weight as a matrix, one column per output.
   */
  state(matrix: readonly [rows: number, columns: number]): readonly {
    readonly name: string;
    readonly shape: readonly number[];
  }[];
  /** Tensors that are trained beside the weight; none when left out. `initial` makes the first value of the weight's own. */
  trained?(matrix: readonly [rows: number, columns: number]): readonly {
    readonly name: string;
    readonly shape: readonly number[];
    initial(weight: Value, outputAxis: number): Value;
  }[];
  /** Whether a layer that is held so can stretch things by so much at most, however long it is trained. */
  readonly bounds?: boolean;
  apply(query: ConstraintQuery): Value;
}

export interface ConstraintQuery {
  /** The weight as it is trained. */
  readonly weight: Value;
  /** The axis of its outputs. */
  readonly outputAxis: number;
  readonly args: Arguments;
  state(name: string): Value;
  /** What is trained beside it. */
  trained(name: string): Value;
  /** Gives a kept vector its next value (ignored where the network is not being updated). */
  assign(name: string, value: Value): void;
}
