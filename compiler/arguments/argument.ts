/**
 * What a layer, penalty, optimizer, schedule, distribution or source takes in its parentheses. From these
 * tables come argument errors, the JSON Schema, reference pages and completion.
 */
export interface Argument {
  readonly name: string;
  readonly kind: ArgumentKind;
  /** One line: meaning and unit. */
  readonly summary: string;
  /** The value when it is not written; without one the argument is required. `none` is written null. */
  readonly default?: number | string | boolean | null | readonly number[];
  /** For numbers: the smallest and largest value that make sense. */
  readonly min?: number;
  readonly max?: number;
  /** For 'scheduled': a number must be whole; that of a schedule is rounded. */
  readonly whole?: boolean;
  /** For 'choice'. */
  readonly choices?: readonly string[];
  /** True when it takes all remaining positional arguments: `reshape(4, 4, 512)`. */
  readonly rest?: boolean;
}

export type ArgumentKind =
  /** A whole number of at least 1 that may be a named size inside a module: `filters`. */
  | 'size'
  /** Several such sizes: `reshape(4, 4, 8*ch)`. */
  | 'sizes'
  /** A whole number that is known while checking: `kernel`, `stride`; or one per axis, `[2, 1]`. */
  | 'int'
  /** Any number. */
  | 'number'
  /** A number that may also be a schedule: a learning rate. It is then no value of `Arguments`. */
  | 'scheduled'
  | 'boolean'
  | 'choice'
  | 'string'
  /** `[step, value]` points. */
  | 'points'
  /** `"same" | "valid" | n | [n | [before, after], …]` */
  | 'padding'
  /** A distribution: `normal(std: 0.02)`. */
  | 'distribution'
  /** How a weight is held: `spectral_norm`. */
  | 'constraint'
  /** A shape of sizes, `[64, 64, 3]`, held as a list of them; a single size may stand bare: `normal(100)`. */
  | 'shape'
  /** A closed interval, `[0, 255]`. */
  | 'interval';
