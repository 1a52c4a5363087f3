import type { ProgramSet } from '../tensor/program.ts';

/** Programs, and in which order a training step runs them. Plain data: the trainer needs nothing else. */
export interface Compiled {
  readonly set: ProgramSet;
  readonly init: 'init';
  /** One entry per update in the order written; a single one named `step` with `draw: shared`. */
  readonly step: readonly {
    readonly program: string;
    readonly times: number;
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
  readonly batch: number;
  readonly steps: number;
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
