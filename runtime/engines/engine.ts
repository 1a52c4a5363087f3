import type { ProgramSet } from '../../compiler/tensor/program.ts';

export type TensorData = Float32Array | Int32Array;

/** Runs programs over a state that it keeps. One file or folder per engine beside this one. */
export interface Engine {
  /** What `--engine` calls it: `tensorflow`, `wasm`, `cpu`. */
  readonly name: string;
  /** Whether it is installed: a quick look that loads nothing. */
  present(): boolean;
  /** What it is and runs on, for `ganc engines`; never throws. */
  describe(): Promise<EngineDescription>;
  /**
   * Optimizes the programs for this engine and makes room for the state: zeros, but for what `init` writes, which
   * holds nothing before `init` has run or a checkpoint was written over it.
   *
   * @throws EngineError when it does not work on this machine
   */
  open(programs: ProgramSet, options?: EngineOptions): Promise<Session>;
}

/** An engine that does not exist, or does not work on this machine. */
export class EngineError extends Error {
  override name = 'EngineError';
}

/** An engine that has no kernel for something that a program computes. */
export class LackingError extends EngineError {
  override name = 'LackingError';
  readonly engine: string;
  /** The primitive that it lacks. */
  readonly primitive: string;
  /** The layer, loss or optimizer that needs it, as `Node.origin`. */
  readonly origin: string;

  constructor(engine: string, { op, origin }: { readonly op: string; readonly origin: string }) {
    super(`the engine ${engine} cannot run ${origin || 'this'}, as it has no ${op}`);
    this.engine = engine;
    this.primitive = op;
    this.origin = origin;
  }
}

export interface EngineDescription {
  readonly name: string;
  readonly available: boolean;
  readonly version: string | null;
  readonly threads: number | null;
  readonly devices: readonly string[];
  /** Why it is not available, and what to do. */
  readonly reason: string | null;
}

export interface EngineOptions {
  /** Default: the number of cores. */
  readonly threads?: number;
}

export interface Session {
  /**
   * Runs a program once: inputs by name in, outputs by name out, the state updated. If a guarded output
   * (any whose name starts with `loss`) is not finite, nothing is written to the state and
   * `NonFiniteError` is thrown.
   */
  run(program: string, inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
  /** Runs it again slowly, writing nothing, and names the first node whose value is not finite. */
  diagnose(program: string, inputs: Readonly<Record<string, TensorData>>): Promise<NonFinite | null>;
  /** Copies of the state, all of it or the named paths. */
  readState(paths?: readonly string[]): Promise<Map<string, TensorData>>;
  writeState(values: ReadonlyMap<string, TensorData>): Promise<void>;
  memory(): EngineMemory;
  close(): Promise<void>;
}

export interface EngineMemory {
  readonly tensors: number;
  readonly bytes: number;
  /** The largest number of bytes alive at once, as planned and as measured since the session opened. */
  readonly plannedPeakBytes: number;
  /** Null where the engine's allocator does not tell. */
  readonly peakBytes: number | null;
}

export interface NonFinite {
  readonly program: string;
  readonly op: string;
  /** The layer, loss or optimizer, as `Node.origin`. */
  readonly origin: string;
  /** True when it came from the state: the weight itself was not finite. */
  readonly state: string | null;
}

export class NonFiniteError extends Error {
  override name = 'NonFiniteError';
  readonly program: string;
  readonly output: string;
  readonly value: number;

  constructor(program: string, output: string, value: number) {
    super(`${output} of ${program} is ${value}`);
    this.program = program;
    this.output = output;
    this.value = value;
  }
}
