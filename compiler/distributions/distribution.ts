import type { Interval } from '../3-check/interval.ts';
import type { Argument } from '../arguments/argument.ts';
import type { Arguments } from '../arguments/arguments.ts';
import type { Value } from '../tensor/builder.ts';

/** Where latents, noise and first weights are drawn: `normal(100)`, `uniform(low: -1, high: 1)`, `zeros`. */
export interface Distribution {
  readonly name: string;
  readonly summary: string;
  readonly documentation: string;
  readonly arguments: readonly Argument[];
  range(args: Arguments): Interval;
  /**
   * Draws a tensor. `normal` and `uniform` are standard draws of a shape with a key of their own; `fanIn`,
   * `fanOut` and the axis of the outputs are known for weights only.
   */
  draw(query: DrawQuery): Value;
}

export interface DrawQuery {
  readonly shape: readonly number[];
  readonly args: Arguments;
  readonly fanIn: number | null;
  readonly fanOut: number | null;
  readonly outputAxis: number | null;
  normal(shape: readonly number[]): Value;
  uniform(shape: readonly number[]): Value;
  /** A constant of that shape. */
  fill(value: number, shape: readonly number[]): Value;
}
