import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import type { StageTime } from '../../compiler/schedules/schedule.ts';
import type { Program } from '../../compiler/tensor/program.ts';

/** One run of a program within a step. Together they are the step, in order. */
export interface Run {
  /** What runs at most steps; `programAt` says what runs at one. */
  readonly program: Program;
  /** What runs in its place at some steps. */
  readonly lazily: readonly { readonly every: readonly number[]; readonly program: Program }[];
  /** The stage of training that it belongs to. */
  readonly stage: StageTime;
  /** Names of the outputs to show. */
  readonly losses: readonly string[];
  /** Its place in the step: sets its random numbers apart from those of the other runs. */
  readonly place: number;
  /** Which run of its program this is within the step, of how many. */
  readonly turn: number;
  readonly times: number;
  /** For each dataset that it draws from: which draw of the step this is, of how many. */
  readonly draws: ReadonlyMap<string, { readonly turn: number; readonly times: number }>;
}

/**
 * The runs of one step. What a run needs (its count, its random numbers, its batches) follows from the number of the
 * step and its place here: a resumed run has nothing to catch up with.
 */
export function runOrder({ set, step, stage }: Compiled): Run[] {
  const runs = step.flatMap(({ program, times, losses, lazily }) =>
    Array.from({ length: times }, (_, turn) => ({
      program: set.programs[program]!,
      lazily: lazily.map((lazy) => ({ ...lazy, program: set.programs[lazy.program]! })),
      losses,
      turn,
      times,
    })),
  );
  const totals = new Map<string, number>();
  for (const run of runs) {
    for (const dataset of datasetsOf(run)) totals.set(dataset, (totals.get(dataset) ?? 0) + 1);
  }
  const drawn = new Map<string, number>();
  return runs.map((run, place) => {
    const draws = new Map<string, { turn: number; times: number }>();
    for (const dataset of datasetsOf(run)) {
      const turn = drawn.get(dataset) ?? 0;
      drawn.set(dataset, turn + 1);
      draws.set(dataset, { turn, times: totals.get(dataset)! });
    }
    return { ...run, place, draws, stage };
  });
}

/** How often each program, or one in its place, has run in its stage after `step` steps and `done` runs of the next. */
export function countsAt(runs: readonly Run[], step: number, done: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { program, place, stage } of runs) {
    counts[program.name] = (counts[program.name] ?? 0) + step - stage.start + (place < done ? 1 : 0);
  }
  return counts;
}

/** How many batches have been drawn from each dataset by then in the stage: the number of the one that comes next. */
export function drawsAt(runs: readonly Run[], step: number, done: number): Record<string, number> {
  const drawn: Record<string, number> = {};
  for (const { draws, place, stage } of runs) {
    for (const dataset of draws.keys()) {
      drawn[dataset] = (drawn[dataset] ?? 0) + step - stage.start + (place < done ? 1 : 0);
    }
  }
  return drawn;
}

/** The datasets whose batches a run takes, at any step. */
function datasetsOf({ program, lazily }: Pick<Run, 'program' | 'lazily'>): Set<string> {
  const inputs = [program, ...lazily.map((lazy) => lazy.program)].flatMap((one) => one.inputs);
  return new Set(inputs.flatMap(({ from }) => (from.kind === 'data' ? [from.dataset] : [])));
}
