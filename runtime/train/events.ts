import { appendFileSync, closeSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { reasonOf, UserError } from '../user-error.ts';
import type { Carried } from './carry.ts';

/** What happens in a training, one JSON object per line in `events.jsonl` and on standard output with `--json`. */
export type TrainingEvent =
  | {
      readonly event: 'start';
      readonly time: string;
      readonly ganc: string;
      readonly spec: string;
      readonly hash: string;
      readonly engine: string;
      readonly seed: number;
      readonly batch: number;
      /** The stage of training that it begins or goes on in, where there are any. */
      readonly stage?: string;
      /** Steps done before; 0 for a new run. */
      readonly step: number;
      /** Steps in all. */
      readonly steps: number;
      readonly folder: string;
    }
  | {
      readonly event: 'step';
      readonly step: number;
      /** By name: `{"loss D": 1.38, "loss G": 0.7}`. */
      readonly losses: Readonly<Record<string, number>>;
      readonly stepsPerSecond: number;
      readonly secondsLeft: number;
    }
  /** After `step` steps the next stage begins. */
  | {
      readonly event: 'stage';
      readonly step: number;
      readonly stage: string;
      readonly batch: number;
      readonly weights: Carried['weights'];
    }
  | { readonly event: 'samples'; readonly step: number; readonly network: string; readonly file: string }
  | {
      readonly event: 'evaluation';
      readonly step: number;
      readonly network: string;
      readonly samples: number;
      /** By the names of measures and figures; null for what is not finite: JSON has no NaN. */
      readonly figures: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
    }
  /** One picture of how samples came to be, at the end. */
  | { readonly event: 'history'; readonly step: number; readonly file: string }
  | { readonly event: 'checkpoint'; readonly step: number; readonly file: string; readonly bytes: number }
  | {
      readonly event: 'not-finite';
      readonly step: number;
      readonly program: string;
      /** The loss, and its value as text: JSON has no NaN. */
      readonly output: string;
      readonly value: string;
      /** The layer, loss or optimizer where the first such number arose. */
      readonly origin: string | null;
      readonly op: string | null;
      readonly state: string | null;
    }
  | { readonly event: 'interrupted'; readonly step: number }
  | { readonly event: 'end'; readonly step: number; readonly seconds: number };

/** Appends events to a file. Each line goes out at once: a killed run leaves all but perhaps the last. */
export class EventLog {
  readonly file: string;
  readonly #descriptor: number;

  /**
   * Opens the log. What came after `step` is forgotten, as a resumed run goes through those steps again; with null
   * all of it, as a new run has nothing before it but one that was killed before it could save.
   */
  constructor(file: string, step: number | null) {
    this.file = file;
    try {
      if (step !== null) keepUntil(file, step);
      this.#descriptor = openSync(file, step === null ? 'w' : 'a');
    } catch (error) {
      throw unwritten(file, error);
    }
  }

  write(event: TrainingEvent): void {
    try {
      appendFileSync(this.#descriptor, `${JSON.stringify(event)}\n`);
    } catch (error) {
      throw unwritten(this.file, error);
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** The events of a file; a last line that was cut off is left out, and so is a file that is not there. */
export function readEvents(file: string): TrainingEvent[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as TrainingEvent];
    } catch {
      return [];
    }
  });
}

function keepUntil(file: string, step: number): void {
  // At its end a stage is not over: a resumed run begins the next one again.
  const isPast = (event: TrainingEvent) =>
    event.step < step || (event.step === step && event.event !== 'stage');
  const kept = readEvents(file).filter(isPast);
  const shorter = `${file}.part`;
  writeFileSync(shorter, kept.map((event) => `${JSON.stringify(event)}\n`).join(''));
  renameSync(shorter, file);
}

function unwritten(file: string, error: unknown): UserError {
  return new UserError(
    `${file} cannot be written: ${reasonOf(error)}`,
    'make room or choose another folder with --out, then go on with --resume',
    { cause: error },
  );
}
