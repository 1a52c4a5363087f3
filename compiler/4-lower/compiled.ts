import type { Stage } from '../3-check/model.ts';
import type { PlainSchedule } from '../schedules/times.ts';
import type { Modes } from '../sources/source.ts';
import type { ProgramSet } from '../tensor/program.ts';

/** Programs, and in which order a training step runs them. Plain data: the trainer needs nothing else. */
export interface Compiled {
  readonly set: ProgramSet;
  readonly init: 'init';
  /** One entry per update in the order written; a single one named `step` with `draw: shared`. */
  readonly step: readonly {
    readonly program: string;
    /** How often in each step; `TimesPerStep` tells. */
    readonly times: number | PlainSchedule;
    /** Scalar outputs, for the progress bar and plots: `loss D`, and the `k` that it carries along. */
    readonly losses: readonly string[];
    /**
     * What takes its place at some steps, counted from 0: the first of them whose intervals all divide the step.
     * They are longest first, with penalties that are not counted at every step.
     */
    readonly lazily: readonly { readonly every: readonly number[]; readonly program: string }[];
  }[];
  readonly samples: readonly { readonly network: string; readonly program: string }[];
  /** Programs that draw a latent, at least as many examples as any sample program takes. */
  readonly latents: readonly { readonly latent: string; readonly program: string }[];
  readonly evaluations: readonly EvaluationPlan[];
  readonly batch: number;
  /** When in training it is run: from the first step to the last where training has no stages. */
  readonly stage: Stage;
}

/** An `evaluate` block as plain data. */
export interface EvaluationPlan {
  readonly network: string;
  /** Draws samples; it runs as often as it takes to make as many as are wanted. */
  readonly program: string;
  /** Steps between evaluations in training; null for once, after the last step. */
  readonly every: number | null;
  readonly samples: number;
  readonly measures: readonly {
    /** As the author calls it. */
    readonly name: string;
    /** The measure, as `ganc explain` knows it. */
    readonly measure: string;
    readonly args: Readonly<Record<string, unknown>>;
    /** As written in the spec: `mode_coverage(G(z), ring)`. */
    readonly text: string;
    /** Outputs of the program, by the names of the inputs of the measure. */
    readonly samples: Readonly<Record<string, string>>;
    readonly modes: Readonly<Record<string, Modes>>;
  }[];
}

/** What runs at a step, counted from 0: a program, or the one that takes its place there. */
export function programAt<P>(
  part: {
    readonly program: P;
    readonly lazily: readonly { readonly every: readonly number[]; readonly program: P }[];
  },
  step: number,
): P {
  const due = part.lazily.find(({ every }) => every.every((interval) => step % interval === 0));
  return due ? due.program : part.program;
}
