import type { Argument } from '../arguments/argument.ts';
import type { Value } from '../tensor/builder.ts';

/** How a weight moves. Every option is a scalar value: a constant, or a schedule's value at the step. */
export interface Optimizer {
  readonly name: string;
  readonly summary: string;
  /** Markdown, with the formula, the defaults and where they come from, the paper. */
  readonly documentation: string;
  readonly arguments: readonly Argument[];
  /** Its steps follow only the sign of the gradient: no gradient passes through them. */
  readonly isStep?: boolean;
  /** Tensors kept per weight, zero at first: `['m', 'v']`. `options` holds numbers, booleans and schedules. */
  slots(options: ReadonlyMap<string, unknown>): readonly string[];
  update(query: OptimizerQuery): { readonly weight: Value; readonly slots: Readonly<Record<string, Value>> };
}

export interface OptimizerQuery {
  readonly weight: Value;
  readonly gradient: Value;
  readonly slots: Readonly<Record<string, Value>>;
  /** A scalar by the name of the argument. */
  option(name: string): Value;
  /** A boolean by the name of the argument. */
  flag(name: string): boolean;
  /** How often this weight has been updated, this time included: a scalar of at least 1. */
  readonly count: Value;
}
