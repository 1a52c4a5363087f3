import type { Model, ScheduledNumber, ScheduleValue, Weight } from '../3-check/model.ts';
import { type Hold, holdOf } from '../constraints/hold.ts';
import * as t from '../tensor/index.ts';
import { plainArguments } from './plain-arguments.ts';
import { averagePath, constraintPath } from './state-paths.ts';

/**
 * One program while it is written: its builder, the state it has read, and its random numbers. Every weight
 * is read once and held by its constraint once, however many passes use it.
 */
export class Scope {
  readonly builder: t.Builder;
  readonly model: Model;
  /** Examples in a batch. */
  readonly batch: number;
  /** Batch statistics and dropout, as opposed to sampling. */
  readonly training: boolean;
  /** Networks whose averaged weights are read in place of the trained ones. */
  readonly averaged: ReadonlySet<string>;
  /** Networks that this program trains: what their constraints keep moves with them. */
  readonly trains: ReadonlySet<string>;
  /** Intervals of penalties that are due at the steps at which the program runs. */
  readonly due: ReadonlySet<number>;
  readonly #trained = new Map<string, t.Value>();
  readonly #held = new Map<string, t.Value>();
  readonly #statistics = new Map<string, t.Value>();
  readonly #draws = new Map<string, number>();

  constructor(
    name: string,
    model: Model,
    options: {
      batch: number;
      training: boolean;
      averaged?: ReadonlySet<string>;
      trains?: ReadonlySet<string>;
      due?: readonly number[];
    },
  ) {
    this.builder = new t.Builder(name);
    this.model = model;
    this.batch = options.batch;
    this.training = options.training;
    this.averaged = options.averaged ?? new Set();
    this.trains = options.trains ?? new Set();
    this.due = new Set(options.due);
  }

  /** The weight as it is trained: what a loss is differentiated for. */
  trained(network: string, { path, shape }: Pick<Weight, 'path' | 'shape'>): t.Value {
    return once(this.#trained, path, () =>
      this.averaged.has(network)
        ? this.read(averagePath(path), shape, { role: 'ema' })
        : this.read(path, shape, { role: 'weight' }),
    );
  }

  /** The trained weights that the program has read so far. */
  get used(): ReadonlyMap<string, t.Value> {
    return this.#trained;
  }

  /** The weight as layers use it, held by its constraint; a statistic as it is after the passes so far. */
  weight(network: string, weight: Weight): t.Value {
    if (weight.kind === 'frozen') return this.read(weight.path, weight.shape, { role: 'frozen' });
    if (weight.kind !== 'weight') return this.statistic(weight);
    return once(this.#held, weight.path, () => {
      const value = this.trained(network, weight);
      const hold = holdOf(weight);
      return hold ? this.#hold(value, network, weight, hold) : value;
    });
  }

  /** A moving statistic as it is after the passes so far. */
  statistic(weight: Weight): t.Value {
    return once(this.#statistics, weight.path, () =>
      this.read(weight.path, weight.shape, { role: 'statistic' }),
    );
  }

  /** Gives a statistic its next value. */
  move(weight: Weight, value: t.Value): void {
    this.#statistics.set(weight.path, value);
    this.write(weight.path, value, { role: 'statistic' });
  }

  read(path: string, shape: readonly number[], { role }: Pick<t.StateVariable, 'role'>): t.Value {
    return t.state(this.builder, { path, shape, dtype: 'f32', role });
  }

  write(path: string, value: t.Value, { role }: Pick<t.StateVariable, 'role'>): void {
    this.builder.state.set(path, { path, shape: value.shape, dtype: value.dtype, role });
    this.builder.assign(path, value);
  }

  /** Standard normal numbers; each call for a path gives others. */
  normal(shape: readonly number[], path: string): t.Value {
    return t.normal(this.#key(), shape, this.#place(path));
  }

  uniform(shape: readonly number[], path: string): t.Value {
    return t.uniform(this.#key(), shape, this.#place(path));
  }

  /** A number, or the value of a schedule at the step. */
  scalar(number: ScheduledNumber): t.Value {
    return typeof number === 'number' ? t.constant(this.builder, number) : this.schedule(number);
  }

  /** The value of a schedule at the step, computed by the trainer. */
  schedule({ schedule, args }: ScheduleValue): t.Value {
    const plain = plainArguments(args);
    const written = Object.entries(plain).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    return t.input(this.builder, {
      name: `${schedule.name}(${written.join(', ')})`,
      shape: [],
      dtype: 'f32',
      from: { kind: 'schedule', schedule: schedule.name, args: plain },
    });
  }

  #key(): t.Value {
    return t.input(this.builder, { name: 'key', shape: [4], dtype: 'i32', from: { kind: 'key' } });
  }

  #place(path: string): number {
    const count = (this.#draws.get(path) ?? 0) + 1;
    this.#draws.set(path, count);
    return t.placeOf(`${this.builder.name}/${path}#${count}`);
  }

  #hold(value: t.Value, network: string, { path }: Weight, hold: Hold): t.Value {
    const { constraint, args, outputAxis, matrix } = hold;
    const pathOf = (name: string) => constraintPath(path, constraint.name, name);
    const shapeOf = (name: string, list: readonly { name: string; shape: readonly number[] }[] = []) =>
      list.find((one) => one.name === name)!.shape;
    return this.builder.within(`${constraint.name} ${path}`, () =>
      constraint.apply({
        weight: value,
        outputAxis,
        args,
        state: (name) =>
          this.read(pathOf(name), shapeOf(name, constraint.state(matrix)), { role: 'statistic' }),
        trained: (name) =>
          this.trained(network, { path: pathOf(name), shape: shapeOf(name, constraint.trained?.(matrix)) }),
        assign: (name, next) => {
          if (this.trains.has(network)) this.write(pathOf(name), next, { role: 'statistic' });
        },
      }),
    );
  }
}

function once<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
