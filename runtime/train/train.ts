import type { Stage } from '../../compiler/3-check/model.ts';
import type { EvaluationPlan } from '../../compiler/4-lower/compiled.ts';
import { NonFiniteError, type Session } from '../engines/engine.ts';
import { samplesPng } from '../media/samples-png.ts';
import { UserError } from '../user-error.ts';
import { version } from '../version.ts';
import { carry } from './carry.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { FoundCheckpoint } from './checkpoint-folder.ts';
import { type EvaluationLoaders, evaluate } from './evaluate.ts';
import { EventLog, type TrainingEvent } from './events.ts';
import { drawHistory } from './history.ts';
import type { Loaders } from './inputs.ts';
import type { Job, SamplePlan } from './job.ts';
import { realPoints } from './real-points.ts';
import { drawCurves } from './run-curves.ts';
import type { RunFolder } from './run-folder.ts';
import { labelPerRow, makeSamples } from './samples.ts';
import { stageAt } from './stage-at.ts';
import { Trainer } from './trainer.ts';

/** What it takes to train: the programs of a spec on an engine, and its data. */
export interface Workplace {
  readonly job: Job;
  readonly session: Session;
  /** Hashes of the frozen weights that the session holds; none without pretrained models. */
  readonly pretrained?: Checkpoint['pretrained'];
  readonly loaders: Loaders;
  /** For sampling networks that are given data. */
  readonly sampleLoaders: Loaders;
  readonly evaluationLoaders?: EvaluationLoaders;
}

export interface TrainOptions extends Workplace {
  readonly engine: string;
  /** The stages of the training; one where it has none, which is the default. The one that it begins in is open. */
  readonly stages?: readonly Stage[];
  /** Closes the workplace and opens that of another stage. */
  readonly openStage?: (index: number) => Promise<Workplace>;
  readonly folder: RunFolder;
  readonly seed: number;
  /** In all, those of a resumed run included. */
  readonly steps: number;
  /** Where to go on; null for a new run. */
  readonly resume: FoundCheckpoint | null;
  /** Steps between checkpoints; null for about one a minute. */
  readonly checkpointEvery: number | null;
  /** Steps between pictures, before what the spec says. */
  readonly sampleEvery: number | null;
  /** Told of everything as it happens. */
  readonly observer: (event: TrainingEvent) => void;
  /** Aborted when training should finish the step, save and stop. */
  readonly signal: AbortSignal;
}

/** Seconds between checkpoints; more when writing one takes long, so that it costs at most a fiftieth of the time. */
const CHECKPOINT_SECONDS = 60;
const CHECKPOINT_SHARE = 50;
/** Steps that the log keeps of a run, however long. */
const LOGGED_STEPS = 10_000;
/** Pictures in a run whose spec does not say when to draw them. */
const PICTURES = 10;

/**
 * Trains until `steps`, or until it is told to stop. Everything worth keeping is in the run folder when it returns or
 * throws: `UserError` when it cannot go on, after saving what is good.
 */
export async function train(options: TrainOptions): Promise<'done' | 'interrupted'> {
  const run = new TrainingRun(options);
  try {
    return await run.toTheEnd();
  } finally {
    run.close();
  }
}

class TrainingRun {
  readonly #options: TrainOptions;
  readonly #stages: readonly Stage[];
  #stage: number;
  #workplace: Workplace;
  #trainer: Trainer;
  readonly #log: EventLog;
  readonly #started = performance.now();
  #lastCheckpoint: { file: string; step: number; at: number; cost: number } | null = null;
  #secondsPerStep = 0;
  #timed = 0;

  constructor(options: TrainOptions) {
    const { folder, resume, job } = options;
    this.#options = options;
    this.#stages = options.stages ?? [job.compiled.stage];
    this.#stage = stageAt(this.#stages, resume?.checkpoint.step ?? 0);
    this.#workplace = options;
    this.#trainer = this.#newTrainer();
    this.#log = new EventLog(folder.events, resume?.checkpoint.step ?? null);
  }

  close(): void {
    this.#log.close();
  }

  #newTrainer(): Trainer {
    const { job, session, loaders, pretrained } = this.#workplace;
    const { seed, resume } = this.#options;
    return new Trainer(job, session, loaders, resume?.checkpoint.seed ?? seed, pretrained);
  }

  async toTheEnd(): Promise<'done' | 'interrupted'> {
    const { steps, signal } = this.#options;
    try {
      await this.#start();
      while (this.#trainer.step < steps && !signal.aborted) {
        if (this.#stages[this.#stage + 1]?.start === this.#trainer.step) await this.#nextStage();
        await this.#step();
        // Signals and prefetching get their turn between steps.
        await new Promise(setImmediate);
      }
      await this.#save();
      if (this.#trainer.step < steps) {
        await this.#drawCurves();
        this.#tell({ event: 'interrupted', step: this.#trainer.step });
        return 'interrupted';
      }
      await this.#evaluateAll((plan) => !this.#isEvaluated(plan));
      await this.#drawRest();
      await this.#drawHistory();
    } catch (error) {
      throw await this.#afterSaving(error);
    }
    this.#tell({ event: 'end', step: this.#trainer.step, seconds: rounded(this.#seconds()) });
    return 'done';
  }

  async #start(): Promise<void> {
    const { engine, steps, resume, folder } = this.#options;
    const { job } = this.#workplace;
    const { label } = job.compiled.stage;
    this.#tell({
      event: 'start',
      step: resume?.checkpoint.step ?? 0,
      steps,
      time: new Date().toISOString(),
      ganc: version,
      spec: job.name,
      hash: job.spec.hash,
      engine,
      seed: this.#trainer.seed,
      batch: job.compiled.batch,
      ...(label !== null && { stage: label }),
      folder: folder.folder,
    });
    if (resume) {
      await this.#trainer.restore(resume.checkpoint);
      const { step } = resume.checkpoint;
      this.#lastCheckpoint = { file: resume.file, step, at: performance.now(), cost: 0 };
    } else {
      await this.#trainer.initialize();
    }
  }

  /** Goes on with other params: all that fits is carried over, what is new is drawn. */
  async #nextStage(): Promise<void> {
    const { openStage } = this.#options;
    if (!openStage) throw new Error('the training has stages, and nobody to open them');
    const { step } = this.#trainer;
    // What one stage has made is shown and kept before the next takes its place.
    await this.#save();
    await this.#drawRest();
    const state = await this.#trainer.state().catch((error) => this.#rethrow(error));
    const before = this.#workplace.job.compiled.set.state;
    this.#workplace = await openStage(++this.#stage);
    const { set, stage, batch } = this.#workplace.job.compiled;
    const carried = carry(before, state, set.state);
    this.#trainer = this.#newTrainer();
    await this.#trainer.begin(step, carried);
    // The steps of another stage take another time.
    this.#timed = 0;
    this.#tell({ event: 'stage', step, stage: stage.label ?? '', batch, weights: carried.weights });
  }

  async #step(): Promise<void> {
    const trainer = this.#trainer;
    const { steps } = this.#options;
    const before = performance.now();
    let losses: Readonly<Record<string, number>>;
    try {
      losses = await trainer.takeStep();
    } catch (error) {
      throw error instanceof NonFiniteError ? await this.#notFinite(error) : error;
    }
    await trainer.examine().catch((error) => this.#rethrow(error));
    const seconds = (performance.now() - before) / 1000;
    // An average over the last twenty or so. The first step is slow and says nothing: kernels are made ready in it.
    const share = Math.max(0.05, 1 / Math.max(1, this.#timed++));
    this.#secondsPerStep += share * (seconds - this.#secondsPerStep);
    const { step } = trainer;
    if (step % Math.ceil(steps / LOGGED_STEPS) === 0 || step === steps) {
      this.#tell({
        event: 'step',
        step,
        losses,
        stepsPerSecond: rounded(1 / this.#secondsPerStep),
        secondsLeft: rounded((steps - step) * this.#secondsPerStep),
      });
    }
    await this.#evaluateAll((plan) => this.#isEvaluated(plan));
    await this.#drawDue();
    if (this.#checkpointIsDue()) await this.#save();
  }

  #checkpointIsDue(): boolean {
    const { checkpointEvery } = this.#options;
    // After the first step, so that a folder that cannot be written is found out now and not in a minute.
    if (!this.#lastCheckpoint) return true;
    if (checkpointEvery !== null) return this.#trainer.step % checkpointEvery === 0;
    const { at, cost } = this.#lastCheckpoint;
    return performance.now() - at > Math.max(CHECKPOINT_SECONDS * 1000, CHECKPOINT_SHARE * cost);
  }

  /** Saves, unless this very step has been saved. */
  async #save(): Promise<void> {
    const { folder, engine, steps } = this.#options;
    const { step, run } = this.#trainer;
    if (this.#lastCheckpoint?.step === step && run === 0) return;
    const before = performance.now();
    const checkpoint = await this.#trainer.checkpoint(engine, steps).catch((error) => this.#rethrow(error));
    const saved = await folder.checkpoints.write(checkpoint);
    const now = performance.now();
    this.#lastCheckpoint = { file: saved.file, step, at: now, cost: now - before };
    this.#tell({ event: 'checkpoint', step, ...saved });
  }

  /** Measures the networks of some `evaluate` blocks as they are after this step. */
  async #evaluateAll(isDue: (plan: EvaluationPlan) => boolean): Promise<void> {
    const { job, session, evaluationLoaders = new Map() } = this.#workplace;
    const { step, seed } = this.#trainer;
    for (const plan of job.compiled.evaluations.filter(isDue)) {
      const figures = await evaluate(session, job, plan, { seed, step, loaders: evaluationLoaders });
      const { network, samples } = plan;
      this.#tell({ event: 'evaluation', step, network, samples, figures });
    }
  }

  #isEvaluated({ every }: EvaluationPlan): boolean {
    return every !== null && this.#trainer.step % every === 0;
  }

  /** Draws the networks whose turn it is, and the curves with them. */
  async #drawDue(): Promise<void> {
    const due = this.#workplace.job.samples.filter((plan) => this.#isDue(plan));
    for (const plan of due) await this.#drawSamples(plan);
    if (due.length > 0) await this.#drawCurves();
  }

  /** At an end: what was not drawn after the last step. */
  async #drawRest(): Promise<void> {
    for (const plan of this.#workplace.job.samples) {
      if (!this.#isDue(plan)) await this.#drawSamples(plan);
    }
    await this.#drawCurves();
  }

  #drawCurves(): Promise<void> {
    return drawCurves(this.#options.folder, this.#workplace.job.name);
  }

  async #drawHistory(): Promise<void> {
    for (const file of await drawHistory(this.#options.folder)) {
      this.#tell({ event: 'history', step: this.#trainer.step, file });
    }
  }

  #isDue({ every }: SamplePlan): boolean {
    const { steps, sampleEvery } = this.#options;
    const between = sampleEvery ?? every ?? Math.max(1, Math.ceil(steps / PICTURES));
    return this.#trainer.step % between === 0;
  }

  async #drawSamples(plan: SamplePlan): Promise<void> {
    const { folder } = this.#options;
    const { job, session, loaders, sampleLoaders } = this.#workplace;
    const { step, seed } = this.#trainer;
    const grid = plan.grid ?? [8, 8];
    const samples = await makeSamples(session, job, plan, {
      count: grid[0] * grid[1],
      seed,
      label: labelPerRow(plan, grid[1]),
      loaders: sampleLoaders,
    });
    const several = job.samples.length > 1 || plan.outputs.length > 1;
    for (const [output, made] of samples) {
      const real = await realPoints(job, loaders, made);
      const stamp = { spec: job.spec.hash, seed, step };
      const png = await samplesPng(made, { grid, stamp, ...(real ? { real } : {}) });
      if (!png) continue;
      const file = folder.picture(step, several ? output : null);
      await folder.write(file, png);
      this.#tell({ event: 'samples', step, network: plan.network, file });
    }
  }

  /** After a loss that is not finite: finds out where it began, saves the state from before, explains. */
  async #notFinite({ program, output, value }: NonFiniteError): Promise<UserError> {
    const step = this.#trainer.step + 1;
    const found = await this.#trainer.diagnose();
    this.#tell({
      event: 'not-finite',
      step,
      program,
      output,
      value: String(value),
      origin: found?.origin ?? null,
      op: found?.op ?? null,
      state: found?.state ?? null,
    });
    const where = !found
      ? ''
      : found.state !== null
        ? `; it began in the weight ${found.state}, which the update before had made too large`
        : `; it began in ${found.origin || program} (${found.op})`;
    return new UserError(
      `training stopped in step ${step}: ${output} became ${value}${where}`,
      'lower the learning rate, or bound what grows (a penalty, spectral_norm, batch_norm)',
    );
  }

  /** Broken weights in words; any other error as it is. */
  #rethrow(error: unknown): never {
    if (!(error instanceof NonFiniteError)) throw error;
    const { output, value } = error;
    const { step } = this.#trainer;
    const cause = { program: '', output, value: String(value), origin: null, op: null, state: output };
    this.#tell({ event: 'not-finite', step, ...cause });
    throw new UserError(
      `training stopped after step ${step}: the weight ${output} has become ${value}`,
      'lower the learning rate, or bound what grows (a penalty, spectral_norm, batch_norm)',
    );
  }

  /** Training cannot go on: saves what there is, unless saving is what failed, and says where it is. */
  async #afterSaving(reason: unknown): Promise<unknown> {
    const before = this.#lastCheckpoint?.file;
    await this.#save().catch(() => {});
    if (!(reason instanceof UserError) || !this.#lastCheckpoint) return reason;
    const { file } = this.#lastCheckpoint;
    const saved =
      file === before ? `the last good checkpoint is ${file}` : `the state before is saved in ${file}`;
    return new UserError(`${reason.message}; ${saved}`, reason.help, { cause: reason });
  }

  #tell(event: TrainingEvent): void {
    this.#log.write(event);
    this.#options.observer(event);
  }

  #seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
