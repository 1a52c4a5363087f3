import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import type { DatasetFacts } from '../data/dataset.ts';
import type { PretrainedFacts } from '../pretrained/frozen-weights.ts';
import type { KeptTexts } from '../share/kept-files.ts';

/** All that training and sampling need to know of a spec, as plain data. `runtime/cli/compiled-spec.ts` makes it. */
export interface Job {
  /** The name of the spec's file without its ending: runs are named after it. */
  readonly name: string;
  readonly compiled: Compiled;
  readonly datasets: readonly DatasetFacts[];
  readonly pretrained: readonly PretrainedFacts[];
  readonly samples: readonly SamplePlan[];
  /** Latents that are normal: one goes from a sample to another along a sphere, not through the middle. */
  readonly normalLatents: readonly string[];
  readonly spec: SpecText;
}

/** The spec as resolved: with the values of `--set` written into it. */
export interface SpecText {
  readonly text: string;
  /** Where a run keeps it: `spec.gan` or `spec.gan.json`; in a folder `spec/` where it imports others. */
  readonly file: string;
  /** What it imports, by paths from the folder that it is kept in. */
  readonly imports: KeptTexts;
  /** SHA-256 of its meaning: comments, layout and the number of steps do not count. */
  readonly hash: string;
  /** The folder that its data paths are relative to. */
  readonly folder: string;
}

/** How a network is sampled. */
export interface SamplePlan {
  readonly network: string;
  readonly program: string;
  /** Steps between pictures while training; null for the trainer's own choice. */
  readonly every: number | null;
  readonly grid: readonly [rows: number, columns: number] | null;
  /** The input whose class changes from row to row, a label or a categorical latent; null for none. */
  readonly rows: string | null;
  /** What it makes, by the names of the program's outputs. */
  readonly outputs: readonly SampleOutput[];
}

export interface SampleOutput {
  readonly name: string;
  /** Of one example. */
  readonly shape: readonly number[];
  readonly range: { readonly low: number; readonly high: number };
}
