import { programAt } from '../../compiler/4-lower/compiled.ts';
import { changingState, sizeOf } from '../../compiler/tensor/program.ts';
import { NonFiniteError, type Session, type TensorData } from '../engines/engine.ts';
import type { Carried } from './carry.ts';
import { type Checkpoint, type DataPosition, notFinite, storedState } from './checkpoint.ts';
import type { StoredTensor } from './checkpoint-file.ts';
import { type Loaders, randomKey, trainingInputs } from './inputs.ts';
import type { Job } from './job.ts';
import { type Run, RunOrder } from './run-order.ts';

/** Numbers in a tensor that can be looked at after every step without anybody noticing. */
const SMALL = 1024;

export type Losses = Readonly<Record<string, number>>;

/** Where a training stands, and how it takes one step. It knows no files, no clock and no terminal. */
export class Trainer {
  readonly #job: Job;
  readonly #session: Session;
  readonly #loaders: Loaders;
  readonly #order: RunOrder;
  readonly #pretrained: Checkpoint['pretrained'];
  readonly seed: number;
  /** Steps done. */
  step = 0;
  /** Runs done of the step that comes next. */
  run = 0;
  /** Of the step that is under way, or of the last one. */
  #losses: Record<string, number> = {};

  /** The session holds the frozen weights of pretrained models already; `pretrained` are their hashes. */
  constructor(
    job: Job,
    session: Session,
    loaders: Loaders,
    seed: number,
    pretrained: Checkpoint['pretrained'] = {},
  ) {
    this.#job = job;
    this.#session = session;
    this.#loaders = loaders;
    this.#order = new RunOrder(job.compiled);
    this.seed = seed;
    this.#pretrained = pretrained;
  }

  /** Draws the first weights. */
  async initialize(): Promise<void> {
    const { set, init } = this.#job.compiled;
    const inputs = set.programs[init]!.inputs.map(({ name }) => [name, randomKey(this.seed, 0, 0)]);
    await this.#session.run(init, Object.fromEntries(inputs));
  }

  /**
   * One step: every run in order. A loss that is not finite throws `NonFiniteError` and leaves the state as it was
   * before that run; `step` and `run` say where that is.
   */
  async takeStep(): Promise<Losses> {
    if (this.run === 0) this.#losses = {};
    const runs = this.#order.at(this.step);
    for (; this.run < runs.length; this.run++) {
      const run = runs[this.run]!;
      const inputs = await trainingInputs(run, this.step, this.seed, this.#loaders);
      const outputs = await this.#session.run(programAt(run, this.step).name, inputs);
      for (const name of run.losses) this.#losses[name] = outputs[name]![0]!;
    }
    this.step++;
    this.run = 0;
    return this.#losses;
  }

  /** Runs the failed run again, slowly, to find out where the first number arose that is not finite. */
  async diagnose() {
    const run: Run = this.#order.at(this.step)[this.run]!;
    const inputs = await trainingInputs(run, this.step, this.seed, this.#loaders);
    return this.#session.diagnose(programAt(run, this.step).name, inputs);
  }

  /**
   * Looks at the small parts of the state (biases, scales, moving statistics) and throws `NonFiniteError` when one is
   * not finite. A loss can stay finite while weights overflow; what is wrong in a kernel is here a step later.
   */
  async examine(): Promise<void> {
    const paths = changingState(this.#job.compiled.set.state)
      .filter(({ role, shape }) => role !== 'slot' && sizeOf(shape) <= SMALL)
      .map(({ path }) => path);
    requireFinite(await this.#session.readState(paths));
  }

  /** All of it at rest, `steps` being how many there are to be in all. Throws `NonFiniteError` rather than make a checkpoint of broken weights. */
  async checkpoint(engine: string, steps: number): Promise<Checkpoint> {
    const { spec, compiled } = this.#job;
    const state = await this.state();
    return {
      step: this.step,
      run: this.run,
      steps,
      stage: compiled.stage.label,
      seed: this.seed,
      spec,
      engine,
      counts: this.#order.countsAt(this.step, this.run),
      positions: this.#positions(),
      pretrained: this.#pretrained,
      state,
    };
  }

  /** All that changes in training, as it is. Throws `NonFiniteError` where it is broken. */
  async state(): Promise<Map<string, StoredTensor>> {
    const { state } = this.#job.compiled.set;
    const values = await this.#session.readState(changingState(state).map(({ path }) => path));
    requireFinite(values);
    return storedState(state, values);
  }

  /** Begins a stage after `step` steps of training: with what goes on from the one before, and else anew. */
  async begin(step: number, { values }: Pick<Carried, 'values'>): Promise<void> {
    await this.initialize();
    await this.#session.writeState(values);
    this.step = step;
    this.run = 0;
  }

  /** Goes on from a checkpoint of the same spec. */
  async restore({ step, run, state }: Pick<Checkpoint, 'step' | 'run' | 'state'>): Promise<void> {
    await this.#session.writeState(new Map([...state].map(([path, { values }]) => [path, values])));
    this.step = step;
    this.run = Math.min(run, this.#order.at(step).length - 1);
  }

  #positions(): Record<string, DataPosition> {
    const next = Object.entries(this.#order.drawsAt(this.step, this.run));
    return Object.fromEntries(
      next.map(([dataset, position]) => {
        const { size } = this.#loaders.get(dataset)!;
        const examples = position * this.#order.portion(dataset)!;
        return [dataset, { batch: position, epoch: Math.floor(examples / size) }];
      }),
    );
  }
}

/** The path of the first weight that is not finite becomes an error. */
function requireFinite(values: ReadonlyMap<string, TensorData>): void {
  const broken = notFinite(values);
  if (broken === null) return;
  const value = [...values.get(broken)!].find((number) => !Number.isFinite(number))!;
  throw new NonFiniteError('the state', broken, value);
}
