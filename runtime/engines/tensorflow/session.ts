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
import type { Library, LibraryTensor } from './library.ts';
import { SERVE_TAG } from './saved-model-format.ts';
import { type Entry, type WrittenGraph, writeGraph } from './write-graph.ts';

const DTYPES = { f32: 'float32', i32: 'int32', bool: 'bool' } as const;
const TF_DTYPES = { f32: 'DT_FLOAT', i32: 'DT_INT32', bool: 'DT_BOOL' } as const;

/** A spec's programs as one TensorFlow graph, loaded once, with the state as its variables. */
export class TensorflowSession implements Session {
  readonly #library: Library;
  readonly #variables: ReadonlyMap<string, StateVariable>;
  readonly #graph: Omit<WrittenGraph, 'bytes'>;
  readonly #id: number;
  readonly #stateBytes: number;
  readonly #plannedPeak: number;
  #open = true;

  constructor(set: ProgramSet, library: Library) {
    this.#library = library;
    this.#variables = new Map(set.state.map((variable) => [variable.path, variable]));
    const { bytes, ...graph } = writeGraph(set);
    this.#graph = graph;
    this.#id = load(library, bytes);
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
    const values = names.length > 0 ? this.#runGraph([], [], names) : [];
    return new Map(paths.map((path, index) => [path, values[index]!]));
  }

  async writeState(values: ReadonlyMap<string, TensorData>): Promise<void> {
    const feeds: LibraryTensor[] = [];
    const infos: { name: string; tfDtype: string }[] = [];
    const fetches: string[] = [];
    try {
      for (const [path, data] of values) {
        const variable = named('state', this.#variables, path);
        const { shape, dtype } = variable;
        checkFits(variable, data);
        const { value, done } = this.#graph.writes.get(path)!;
        feeds.push(this.#tensor(data, shape, dtype));
        infos.push({ name: value, tfDtype: TF_DTYPES[dtype] });
        fetches.push(done);
      }
      if (fetches.length > 0) this.#runGraph(feeds, infos, fetches);
    } finally {
      for (const tensor of feeds) tensor.dispose();
    }
  }

  memory(): EngineMemory {
    const { numTensors, numBytes } = this.#library.memory();
    return {
      tensors: this.#variables.size + numTensors,
      bytes: this.#stateBytes + numBytes,
      plannedPeakBytes: this.#stateBytes + this.#plannedPeak,
      // TensorFlow allocates for itself and does not tell.
      peakBytes: null,
    };
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#library.backend.deleteSavedModel(this.#id);
  }

  #fetch(name: string, inputs: Inputs, fetches: readonly string[]): TensorData[] {
    const { program, ...entry } = this.#program(name);
    const feeds: LibraryTensor[] = [];
    const infos: { name: string; tfDtype: string }[] = [];
    try {
      for (const input of program.inputs) {
        const placeholder = entry.inputs.get(input.name);
        if (!placeholder) continue;
        const data = inputFor(name, input, inputs);
        feeds.push(this.#tensor(data, input.shape, input.dtype));
        infos.push({ name: placeholder, tfDtype: TF_DTYPES[input.dtype] });
      }
      return this.#runGraph(feeds, infos, fetches);
    } finally {
      for (const tensor of feeds) tensor.dispose();
    }
  }

  #runGraph(
    feeds: readonly LibraryTensor[],
    infos: readonly { readonly name: string; readonly tfDtype: string }[],
    fetches: readonly string[],
  ): TensorData[] {
    if (!this.#open) throw new Error('this session is closed');
    const results = this.#library.backend.runSavedModel(this.#id, feeds, infos, fetches);
    try {
      return results.map((tensor) => {
        const data = tensor.dataSync();
        return data instanceof Uint8Array ? Int32Array.from(data) : data;
      });
    } finally {
      for (const tensor of results) tensor.dispose();
    }
  }

  #tensor(data: TensorData, shape: readonly number[], dtype: DType): LibraryTensor {
    return this.#library.tensor(dtype === 'bool' ? Uint8Array.from(data) : data, shape, DTYPES[dtype]);
  }

  #program(name: string): Entry {
    return named('program', this.#graph.programs, name);
  }
}

/** The library loads from a folder, so the graph lies on disk for as long as that takes. */
function load(library: Library, bytes: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'ganc-graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), bytes);
    return library.backend.loadSavedModelMetaGraph(folder, SERVE_TAG);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
