// A dataset, opened for training: batches by number, in an order that the seed decides. Nothing here has a
// memory that a checkpoint would need: batch 1,000 is the same whether 999 were asked for before it or none.
import { placeOf } from '../../compiler/tensor/random.ts';
import { DataRoot } from './data-root.ts';
import { type Batch, type DatasetFacts, rowLength } from './dataset.ts';
import type { Examples, Row } from './examples.ts';
import { Permutation } from './permutation.ts';
import { openers } from './sources/index.ts';

export interface LoaderOptions {
  /** Examples per batch. */
  readonly batch: number;
  readonly seed: number;
  /**
   * Steps of training before the first batch; default 0. Each stage of a training goes through the data in an order of
   * its own, so that its batches do not depend on how large those before were.
   */
  readonly from?: number;
  /** Where data is looked for instead of beside the spec; nothing outside is read. */
  readonly dataRoot?: string;
  /** Batches made ready ahead of the one asked for; default 3, and fewer where they would take over 512 MiB. */
  readonly prefetch?: number;
  /** Decoded images are kept in memory up to this many bytes; default 256 MiB. */
  readonly cacheBytes?: number;
  /** Told about files that were skipped and the like, once each; default: nobody. */
  readonly warn?: (message: string) => void;
}

export interface Loader {
  /** `faces` */
  readonly name: string;
  /** How many examples there are. */
  readonly size: number;
  /**
   * Batch number `position`, counted from 0 over the whole training: examples `position * batch` and on of an
   * endless list in which every epoch is the whole set in an order of its own. The arrays are the caller's.
   * Rejects with `DataError`.
   */
  batch(position: number): Promise<Batch>;
  /** Stops reading ahead and ends the workers. */
  close(): Promise<void>;
}

/**
 * Opens a dataset of a spec that lies in `folder`. Rejects with `DataError` when it is missing or
 * empty, with `FoundError` when it is not what the spec declares.
 */
export async function open(dataset: DatasetFacts, folder: string, options: LoaderOptions): Promise<Loader> {
  const opener = openers.get(dataset.source.name);
  if (!opener) throw new Error(`no source ${dataset.source.name}`);
  const examples = await opener(dataset, {
    root: new DataRoot(options.dataRoot ?? folder, options.dataRoot !== undefined),
    seed: options.seed,
    cacheBytes: options.cacheBytes ?? 256 * 2 ** 20,
    warn: options.warn ?? (() => {}),
  });
  return new ExamplesLoader(dataset, examples, options);
}

class ExamplesLoader implements Loader {
  readonly name: string;
  readonly size: number;
  readonly #dataset: DatasetFacts;
  readonly #examples: Examples;
  readonly #batch: number;
  readonly #ahead: number;
  readonly #seed: number;
  readonly #place: number;
  readonly #ready = new Map<number, Promise<Batch>>();
  #order: { epoch: number; permutation: Permutation } | null = null;
  #closed = false;

  constructor(dataset: DatasetFacts, examples: Examples, options: LoaderOptions) {
    this.name = dataset.name;
    this.size = examples.size;
    this.#dataset = dataset;
    this.#examples = examples;
    this.#batch = options.batch;
    this.#ahead = options.prefetch ?? affordable(3, dataset, options.batch);
    this.#seed = options.seed;
    // The name keeps two sets of one size, as in CycleGAN, from being drawn in step.
    const from = options.from ? ` from step ${options.from}` : '';
    this.#place = placeOf(`order of ${dataset.name}${from}`);
  }

  async batch(position: number): Promise<Batch> {
    if (this.#closed) throw new Error(`the loader of ${this.name} is closed`);
    const asked = this.#ready.get(position) ?? this.#read(position);
    this.#ready.delete(position);
    for (const kept of this.#ready.keys()) {
      if (kept < position || kept > position + this.#ahead) this.#ready.delete(kept);
    }
    // What comes next is read while the caller computes, once what was asked for is there.
    const batch = await asked;
    for (let next = position + 1; next <= position + this.#ahead && !this.#closed; next++) {
      if (this.#ready.has(next)) continue;
      const promise = this.#read(next);
      promise.catch(() => {}); // It is reported when it is asked for.
      this.#ready.set(next, promise);
    }
    return batch;
  }

  async close(): Promise<void> {
    this.#closed = true;
    // First the source, so that what is still being read ahead is cut short rather than waited for.
    await this.#examples.close?.();
    await Promise.allSettled(this.#ready.values());
    this.#ready.clear();
  }

  async #read(position: number): Promise<Batch> {
    const rows: Row[] = [];
    for (let i = 0; i < this.#batch; i++) {
      const draw = position * this.#batch + i;
      rows.push({ index: this.#orderOf(Math.floor(draw / this.size)).at(draw % this.size), draw });
    }
    const out: Batch = {};
    for (const field of this.#dataset.fields) {
      const length = this.#batch * rowLength(field);
      out[field.name] = field.type.label === null ? new Float32Array(length) : new Int32Array(length);
    }
    await this.#examples.read(rows, out);
    return out;
  }

  #orderOf(epoch: number): Permutation {
    if (this.#order?.epoch !== epoch) {
      this.#order = { epoch, permutation: new Permutation(this.size, this.#seed, this.#place, epoch) };
    }
    return this.#order.permutation;
  }
}

/** So many batches ahead as fit in memory beside a training, but one at least. */
function affordable(most: number, dataset: DatasetFacts, batch: number): number {
  const bytes = dataset.fields.reduce((sum, field) => sum + 4 * batch * rowLength(field), 0);
  return Math.max(1, Math.min(most, Math.floor(AHEAD_BYTES / bytes)));
}

const AHEAD_BYTES = 512 * 2 ** 20;
