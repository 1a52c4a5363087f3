/**
 * The tensor program: primitive applications on values of known shape, in single-assignment form. It is
 * plain JSON: `ganc build` writes it, any engine can run it. The batch is the first axis of every tensor
 * that has one; images are channels last.
 */
export const PROGRAM_VERSION = 1;

export type DType = 'f32' | 'i32' | 'bool';

/** All programs of a spec over one state. */
export interface ProgramSet {
  readonly version: number;
  readonly state: readonly StateVariable[];
  /** By name: `init`, `update.D`, `update.G` (or `step` with `draw: shared`), `sample.G`. */
  readonly programs: Readonly<Record<string, Program>>;
}

/** A tensor that outlives a step. */
export interface StateVariable {
  /** `G/up.2/conv2d_transpose/kernel`, `adam/G/…/m`, `ema/G/…`, `G/batch_norm/moving_mean`. */
  readonly path: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly role: 'weight' | 'statistic' | 'slot' | 'ema' | 'frozen';
}

/** What a training changes, and so what a checkpoint holds: frozen weights are in the files of their models. */
export function changingState(state: readonly StateVariable[]): readonly StateVariable[] {
  return state.filter(({ role }) => role !== 'frozen');
}

export interface Program {
  readonly name: string;
  readonly inputs: readonly ProgramInput[];
  /** In an order in which every node comes after its inputs. A node's id is its index. */
  readonly nodes: readonly Node[];
  readonly outputs: readonly { readonly name: string; readonly value: number }[];
  /** Written together after the last node has run, so that every node reads the old state. */
  readonly updates: readonly { readonly path: string; readonly value: number }[];
}

/** What the caller hands over at every run. */
export interface ProgramInput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly from: InputOrigin;
}

export type InputOrigin =
  /** A batch of one field: images as f32 in their declared range, labels as i32. */
  | { readonly kind: 'data'; readonly dataset: string; readonly field: string }
  /** i32[4]: low and high half of the seed, the step, the repetition within the step. */
  | { readonly kind: 'key' }
  /**
   * f32 scalar: how often this program has run in this stage of training, this run included, and `before` more: how
   * often a weight has been updated (for Adam's bias correction).
   */
  | { readonly kind: 'count'; readonly before?: number }
  /** f32 scalar: the value of a schedule at the step. */
  | { readonly kind: 'schedule'; readonly schedule: string; readonly args: Readonly<Record<string, unknown>> }
  /** A latent or a label that whoever samples chooses. */
  | { readonly kind: 'latent'; readonly latent: string }
  | { readonly kind: 'label'; readonly classes: number };

export interface Node {
  readonly op: string;
  readonly inputs: readonly number[];
  readonly attributes: Readonly<Record<string, Json>>;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** The layer, loss or optimizer that asked for it: `G/up.2/batch_norm`, `loss D`. */
  readonly origin: string;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The paths of the state that some programs read. */
export function pathsRead({ programs }: ProgramSet, names: readonly string[]): ReadonlySet<unknown> {
  const read = names.flatMap((name) => programs[name]!.nodes.filter(({ op }) => op === 'state'));
  return new Set(read.map(({ attributes }) => attributes.path));
}

/** The number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Bytes of one element; every engine keeps all three kinds in 32 bits. */
export const BYTES_PER_ELEMENT = 4;

/** The bytes of all that outlives a step. */
export function stateBytes({ state }: ProgramSet): number {
  return state.reduce((sum, { shape }) => sum + sizeOf(shape) * BYTES_PER_ELEMENT, 0);
}
