import { type Loader, open } from '../data/loader.ts';
import type { Job } from '../train/job.ts';
import { RunOrder } from '../train/run-order.ts';
import type { Workplace } from '../train/train.ts';
import { openSession } from './engine-choice.ts';
import { openEvaluationLoaders, openSampleLoaders } from './sample-loaders.ts';

interface Wishes {
  readonly engine?: string | undefined;
  readonly threads?: number | undefined;
  readonly dataRoot?: string | undefined;
}

/** The stage that a training is in: its programs on an engine and its data, one stage at a time. */
export class OpenStage {
  readonly #job: (index: number) => Job;
  readonly #seed: number;
  readonly #wishes: Wishes;
  readonly #warn: (text: string) => void;
  #close: (() => Promise<void>)[] = [];
  /** What it runs on, once the first stage is open; later ones run on the same. */
  engine: string | undefined;

  constructor(job: (index: number) => Job, seed: number, wishes: Wishes, warn: (text: string) => void) {
    this.#job = job;
    this.#seed = seed;
    this.#wishes = wishes;
    this.#warn = warn;
  }

  /** Opens a stage, after closing the one that is open. Where that fails, nothing is left open. */
  async change(index: number): Promise<Required<Workplace>> {
    await this.close();
    try {
      return await this.#open(index);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async #open(index: number): Promise<Required<Workplace>> {
    const job = this.#job(index);
    const { threads, dataRoot } = this.#wishes;
    const loaders = await this.#openLoaders(job);
    const sampleLoaders = await openSampleLoaders(job, this.#seed, dataRoot);
    for (const loader of sampleLoaders.values()) this.#close.push(() => loader.close());
    const evaluationLoaders = await openEvaluationLoaders(job, this.#seed, dataRoot);
    for (const opened of evaluationLoaders.values()) {
      for (const loader of opened.values()) this.#close.push(() => loader.close());
    }
    const engine = this.engine ?? this.#wishes.engine;
    const programs = Object.keys(job.compiled.set.programs);
    const opened = await openSession(job, { engine, threads, dataRoot, programs }, this.#warn);
    this.#close.push(() => opened.session.close());
    this.engine = opened.engine.name;
    const { session, pretrained } = opened;
    return { job, session, pretrained, loaders, sampleLoaders, evaluationLoaders };
  }

  async close(): Promise<void> {
    const all = this.#close.reverse();
    this.#close = [];
    for (const close of all) await close();
  }

  async #openLoaders(job: Job): Promise<Map<string, Loader>> {
    const { dataRoot } = this.#wishes;
    const { batch, stage } = job.compiled;
    const order = new RunOrder(job.compiled);
    const loaders = new Map<string, Loader>();
    for (const dataset of job.datasets) {
      const loader = await open(dataset, job.spec.folder, {
        batch: order.portion(dataset.name) ?? batch,
        seed: this.#seed,
        from: stage.start,
        ...(dataRoot ? { dataRoot } : {}),
        warn: this.#warn,
      });
      this.#close.push(() => loader.close());
      loaders.set(dataset.name, loader);
    }
    return loaders;
  }
}
