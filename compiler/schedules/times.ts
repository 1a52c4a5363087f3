import { Arguments, type ArgumentValue } from '../arguments/arguments.ts';
import { schedules } from './index.ts';
import type { StageTime } from './schedule.ts';

/** A schedule as plain data, as programs carry it. */
export interface PlainSchedule {
  readonly schedule: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A schedule as a function of the step, counted from 0 over the whole training. */
export function valueBySteps(
  { schedule: name, args }: PlainSchedule,
  stage: StageTime,
): (step: number) => number {
  const schedule = schedules.find((one) => one.name === name);
  if (!schedule) throw new Error(`there is no schedule ${name}`);
  const read = new Arguments(new Map(Object.entries(args) as [string, ArgumentValue][]));
  return (step) => schedule.value(read, step, stage);
}

/** How often an update runs where a schedule gives that number: the nearest whole one, and once at least. */
export function wholeTimes(value: number): number {
  return Math.min(Math.max(Math.round(value), 1), MOST_TIMES);
}

/** How often an update may run in a step. */
export const MOST_TIMES = 1000;

/** How often an update runs in each step of a stage. */
export class TimesPerStep {
  readonly #start: number;
  readonly #at: number | ((step: number) => number);
  /** Runs before a step, the last that was asked for: a training goes on from there. */
  #known: { step: number; runs: number };

  constructor(times: number | PlainSchedule, stage: StageTime) {
    this.#start = stage.start;
    this.#at = typeof times === 'number' ? times : valueBySteps(times, stage);
    this.#known = { step: stage.start, runs: 0 };
  }

  at(step: number): number {
    return typeof this.#at === 'number' ? this.#at : wholeTimes(this.#at(step));
  }

  /** How often it has run in the stage before a step. */
  before(step: number): number {
    if (typeof this.#at === 'number') return this.#at * (step - this.#start);
    if (step < this.#known.step) this.#known = { step: this.#start, runs: 0 };
    let { step: at, runs } = this.#known;
    for (; at < step; at++) runs += this.at(at);
    this.#known = { step, runs };
    return runs;
  }
}
