import type { DataRoot } from './data-root.ts';
import type { Batch, DatasetFacts } from './dataset.ts';

/** An opened source: a finite list of examples. */
export interface Examples {
  readonly size: number;
  /** Writes the asked examples into `out`, one row each in the order of `rows`. */
  read(rows: readonly Row[], out: Batch): void | Promise<void>;
  close?(): Promise<void>;
}

export interface Row {
  /** Which example, below `size`. */
  readonly index: number;
  /** How many examples were drawn before this one since training began: keys what is random in reading. */
  readonly draw: number;
}

/** How a source becomes examples; one file per source in `sources/`. */
export type OpenSource = (dataset: DatasetFacts, context: SourceContext) => Promise<Examples>;

export interface SourceContext {
  /** The only place that files may be read from. */
  readonly root: DataRoot;
  readonly seed: number;
  /** Decoded images are kept up to this many bytes. */
  readonly cacheBytes: number;
  /** For what is odd but not fatal: a file that was skipped. */
  readonly warn: (message: string) => void;
}
