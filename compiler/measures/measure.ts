import type { Argument } from '../arguments/argument.ts';
import type { Arguments } from '../arguments/arguments.ts';
import type { Modes } from '../sources/source.ts';

/**
 * What tells how good samples are: `mode_coverage(G(z), ring)` in an `evaluate` block. The programs of a spec draw the
 * samples; a measure looks at all of them at once, as numbers, in double precision.
 */
export interface Measure {
  /** As written in a spec; the file has the same name in kebab-case. */
  readonly name: string;
  readonly summary: string;
  /** Markdown: the definition, what it can and cannot tell, the paper. */
  readonly documentation: string;
  /** What it looks at, before its arguments, in this order. */
  readonly inputs: readonly MeasureInput[];
  readonly arguments: readonly Argument[];
  /** The figures that it gives, in this order. */
  readonly figures: readonly Figure[];
  /** What is wrong with what it is to look at; null when all is well. */
  refuses?(query: MeasureQuery): Refusal | null;
  /** The figures by name; not finite where the samples allow none. */
  measure(seen: Seen): Readonly<Record<string, number>>;
}

export interface MeasureInput {
  readonly name: string;
  /** One line: meaning and shape. */
  readonly summary: string;
  /** Samples of a tensor, or a dataset whose source knows where its modes are. */
  readonly takes: 'samples' | 'modes';
}

/** One number that a measure gives. */
export interface Figure {
  /** `high_quality` */
  readonly name: string;
  /** Its definition, in one line, with its unit. */
  readonly summary: string;
  /** Which way is better; null where neither is, as it is to be compared with that of the data. */
  readonly better: 'more' | 'less' | null;
}

/** What is known before anything is drawn. */
export interface MeasureQuery {
  /** The shape of a sample by the name of the input; of a dataset that of its centres. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly samples: number;
  readonly args: Arguments;
}

export interface Refusal {
  /** The input or argument; `samples` is the option of the block. */
  readonly name: string;
  /** In words: `points of the plane, [2]`. */
  readonly wanted: string;
}

/** Everything that a measure is given to look at, by the names of its inputs. */
export interface Seen {
  readonly samples: ReadonlyMap<string, SeenSamples>;
  readonly modes: ReadonlyMap<string, Modes>;
  readonly args: Arguments;
}

export interface SeenSamples {
  readonly count: number;
  /** Of one sample. */
  readonly shape: readonly number[];
  /** Sample by sample, row-major. */
  readonly values: Float32Array;
}
