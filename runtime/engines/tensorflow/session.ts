import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planMemory } from '../../../compiler/5-optimize/plan-memory.ts';
import {
  type DType,
  type ProgramSet,
  type StateVariable,
  stateBytes,
} from '../../../compiler/tensor/program.ts';
import { findNonFinite } from '../diagnose.ts';
import type { EngineMemory, NonFinite, Session, TensorData } from '../engine.ts';
import { checkFits, type Inputs, inputFor, named, refuseNonFinite } from '../requests.ts';
import type { Addon, AddonData } from './library.ts';
import { SERVE_TAG } from './saved-model-format.ts';
import { type Entry, type WrittenGraph, writeGraph } from './write-graph.ts';

const TYPES = { f32: 'TF_FLOAT', i32: 'TF_INT32', bool: 'TF_BOOL' } as const;

/** Tensors for the graph, by the name of the one that each is fed to. */
type Feeds = Map<string, number>;

/** A spec's programs as one TensorFlow graph, loaded once, with the state as its variables. */
export class TensorflowSession implements Session {
  readonly #addon: Addon;
  readonly #variables: ReadonlyMap<string, StateVariable>;
  readonly #graph: Omit<WrittenGraph, 'bytes'>;
  readonly #id: number;
  readonly #stateBytes: number;
  readonly #plannedPeak: number;
  #open = true;

  constructor(set: ProgramSet, addon: Addon) {
    this.#addon = addon;
    this.#variables = new Map(set.state.map((variable) => [variable.path, variable]));
    const { bytes, ...graph } = writeGraph(set);
    this.#graph = graph;
    this.#id = load(addon, bytes);
    this.#stateBytes = stateBytes(set);
    const peaks = Object.values(set.programs).map((program) => planMemory(program).peakBytes);
    this.#plannedPeak = Math.max(0, ...peaks);
  }

  async run(name: string, inputs: Inputs): Promise<Record<string, TensorData>> {
    const { program, ...entry } = this.#program(name);
    const names = program.outputs.map((output) => output.name);
    const fetches = names.map((output) => entry.outputs.get(output)!);
    const results = this.#fetch(name, inputs, [...fetches, entry.done]);
    const outputs = Object.fromEntries(names.map((output, index) => [output, results[index]!]));
    // The graph has looked for itself, and not written the state.
    refuseNonFinite(program, outputs);
    return outputs;
  }

  async diagnose(name: string, inputs: Inputs): Promise<NonFinite | null> {
    const { program, ...entry } = this.#program(name);
    const known = new Map<number, boolean>();
    // One value at a time: all of them at once might not fit in memory.
    const finiteAt = (id: number): boolean => {
      const before = known.get(id);
      if (before !== undefined) return before;
      const node = program.nodes[id]!;
      // What is not there before the state is written is as finite as what it is made of.
      const now = entry.late.has(id)
        ? node.inputs.every(finiteAt)
        : node.dtype !== 'f32' || this.#fetch(name, inputs, [entry.values[id]!])[0]!.every(Number.isFinite);
      known.set(id, now);
      return now;
    };
    return findNonFinite(program, finiteAt);
  }

  async readState(paths: readonly string[] = [...this.#variables.keys()]): Promise<Map<string, TensorData>> {
    const names = paths.map((path) => named('state', this.#graph.reads, path));
    const values = names.length > 0 ? this.#runGraph(new Map(), names) : [];
    return new Map(paths.map((path, index) => [path, values[index]!]));
  }

  async writeState(values: ReadonlyMap<string, TensorData>): Promise<void> {
    const feeds: Feeds = new Map();
    const fetches: string[] = [];
    try {
      for (const [path, data] of values) {
        const variable = named('state', this.#variables, path);
        checkFits(variable, data);
        const { value, done } = this.#graph.writes.get(path)!;
        feeds.set(value, this.#tensor(data, variable));
        fetches.push(done);
      }
      if (fetches.length > 0) this.#runGraph(feeds, fetches);
    } finally {
      this.#delete(feeds.values());
    }
  }

  memory(): EngineMemory {
    return {
      // What is fed and fetched lives for a run only: its tensors are counted for their number to stay.
      tensors: this.#variables.size + this.#addon.getNumOfTensors(),
      bytes: this.#stateBytes,
      plannedPeakBytes: this.#stateBytes + this.#plannedPeak,
      // TensorFlow allocates for itself and does not tell.
      peakBytes: null,
    };
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#addon.deleteSavedModel(this.#id);
  }

  #fetch(name: string, inputs: Inputs, fetches: readonly string[]): TensorData[] {
    const { program, ...entry } = this.#program(name);
    const feeds: Feeds = new Map();
    try {
      for (const input of program.inputs) {
        const placeholder = entry.inputs.get(input.name);
        if (!placeholder) continue;
        feeds.set(placeholder, this.#tensor(inputFor(name, input, inputs), input));
      }
      return this.#runGraph(feeds, fetches);
    } finally {
      this.#delete(feeds.values());
    }
  }

  #runGraph(feeds: Feeds, fetches: readonly string[]): TensorData[] {
    if (!this.#open) throw new Error('this session is closed');
    const names = [...feeds.keys()].join();
    const results = this.#addon.runSavedModel(this.#id, [...feeds.values()], names, fetches.join());
    try {
      return results.map(({ id }) => {
        const data = this.#addon.tensorDataSync(id);
        return data instanceof Uint8Array ? Int32Array.from(data) : data;
      });
    } finally {
      this.#delete(results.map(({ id }) => id));
    }
  }

  #tensor(data: TensorData, { shape, dtype }: { readonly shape: readonly number[]; readonly dtype: DType }) {
    const values = unaligned(dtype === 'bool' ? Uint8Array.from(data) : data);
    return this.#addon.createTensor(shape, this.#addon[TYPES[dtype]], values);
  }

  #delete(tensors: Iterable<number>): void {
    for (const tensor of tensors) this.#addon.deleteTensor(tensor);
  }

  #program(name: string): Entry {
    return named('program', this.#graph.programs, name);
  }
}

/** The library loads from a folder, so the graph lies on disk for as long as that takes. */
function load(addon: Addon, bytes: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'ganc-graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), bytes);
    return addon.loadSavedModel(folder, SERVE_TAG);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A copy that begins at an address no tensor may begin at, so TensorFlow copies it in its turn. Where the address
 * suits, it uses the memory of the array itself: a variable then changes with the array that it was written
 * from, and TensorFlow gives the array back to V8 on whatever thread it drops the variable's old value.
 */
function unaligned(data: AddonData): AddonData {
  const Kind = data.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => AddonData;
  const offset = data.BYTES_PER_ELEMENT;
  const copy = new Kind(new ArrayBuffer(offset + data.byteLength), offset, data.length);
  copy.set(data);
  return copy;
}
