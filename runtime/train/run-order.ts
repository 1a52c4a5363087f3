import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import type { StageTime } from '../../compiler/schedules/schedule.ts';
import { TimesPerStep } from '../../compiler/schedules/times.ts';
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
  /** Its number among the runs of its program in the stage, from 1. */
  readonly count: number;
  /** For each dataset that it draws from: which portions of it, from 0 in the stage. */
  readonly draws: ReadonlyMap<string, Portions>;
}

/** Portions of a dataset that follow one another; `RunOrder.portion` says how large one is. */
export interface Portions {
  readonly first: number;
  readonly count: number;
}

interface Part extends Pick<Run, 'program' | 'lazily' | 'losses'> {
  readonly times: TimesPerStep;
  /** How many examples it takes of each dataset, at any step. */
  readonly takes: ReadonlyMap<string, number>;
}

/**
 * The runs of every step. What a run needs (its count, its random numbers, its batches) follows from the number of the
 * step and its place in it: a resumed run has nothing to catch up with.
 */
export class RunOrder {
  readonly #parts: readonly Part[];
  readonly #stage: StageTime;
  readonly #portions = new Map<string, number>();

  constructor({ set, step, stage }: Compiled) {
    this.#stage = stage;
    this.#parts = step.map((part) => {
      const program = set.programs[part.program]!;
      const lazily = part.lazily.map((lazy) => ({ ...lazy, program: set.programs[lazy.program]! }));
      const programs = [program, ...lazily.map((lazy) => lazy.program)];
      const times = new TimesPerStep(part.times, stage);
      return { program, lazily, losses: part.losses, times, takes: takenBy(programs) };
    });
    for (const [dataset, examples] of this.#parts.flatMap(({ takes }) => [...takes])) {
      this.#portions.set(dataset, commonDivisor(examples, this.#portions.get(dataset) ?? 0));
    }
  }

  /**
   * Data is read in portions of so many examples: what the batches of all updates are made of, one portion each where they are
   * alike. Null where nothing is drawn from a dataset.
   */
  portion(dataset: string): number | null {
    return this.#portions.get(dataset) ?? null;
  }

  /** The runs of a step in their order. */
  at(step: number): readonly Run[] {
    const drawn = this.#drawnBefore(step);
    const runs: Run[] = [];
    for (const { program, lazily, losses, times, takes } of this.#parts) {
      const before = times.before(step);
      for (let turn = 0; turn < times.at(step); turn++) {
        const draws = new Map<string, Portions>();
        for (const [dataset, examples] of takes) {
          const [first, count] = [drawn.get(dataset)!, examples / this.portion(dataset)!];
          draws.set(dataset, { first, count });
          drawn.set(dataset, first + count);
        }
        const place = runs.length;
        runs.push({ program, lazily, losses, stage: this.#stage, place, count: before + turn + 1, draws });
      }
    }
    return runs;
  }

  /** How often each program, or one in its place, has run in its stage after `step` steps and `done` runs of the next. */
  countsAt(step: number, done: number): Record<string, number> {
    const counts = Object.fromEntries(
      this.#parts.map(({ program, times }) => [program.name, times.before(step)]),
    );
    for (const { program, count } of this.at(step).slice(0, done)) counts[program.name] = count;
    return counts;
  }

  /** How many portions have been drawn from each dataset by then in the stage: the number of the one that comes next. */
  drawsAt(step: number, done: number): Record<string, number> {
    const drawn = this.#drawnBefore(step);
    for (const { draws } of this.at(step).slice(0, done))
      for (const [dataset, { first, count }] of draws) drawn.set(dataset, first + count);
    return Object.fromEntries(drawn);
  }

  #drawnBefore(step: number): Map<string, number> {
    const drawn = new Map<string, number>();
    for (const { times, takes } of this.#parts) {
      for (const [dataset, examples] of takes) {
        const portions = (examples / this.portion(dataset)!) * times.before(step);
        drawn.set(dataset, (drawn.get(dataset) ?? 0) + portions);
      }
    }
    return drawn;
  }
}

/** How many examples programs take of each dataset, all of them as many. */
function takenBy(programs: readonly Program[]): ReadonlyMap<string, number> {
  const inputs = programs.flatMap((program) => program.inputs);
  return new Map(
    inputs.flatMap(({ from, shape }) => (from.kind === 'data' ? [[from.dataset, shape[0]!] as const] : [])),
  );
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
