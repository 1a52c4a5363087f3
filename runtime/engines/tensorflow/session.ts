import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planMemory } from '../../../compiler/5-optimize/plan-memory.ts';
import {
  BYTES_PER_ELEMENT,
  type DType,
  type ProgramSet,
  type StateVariable,
  sizeOf,
} from '../../../compiler/tensor/program.ts';
import {
  type EngineMemory,
  type NonFinite,
  NonFiniteError,
  type Session,
  type TensorData,
} from '../engine.ts';
import type { Library, LibraryTensor } from './library.ts';
import { SERVE_TAG } from './saved-model-format.ts';
import { type Entry, type WrittenGraph, writeGraph } from './write-graph.ts';

type Inputs = Readonly<Record<string, TensorData>>;

const DTYPES = { f32: 'float32', i32: 'int32', bool: 'bool' } as const;
const TF_DTYPES = { f32: 'DT_FLOAT', i32: 'DT_INT32', bool: 'DT_BOOL' } as const;

/** A spec's programs as one TensorFlow graph, loaded once, with the state as its variables. */
export class TensorflowSession implements Session {
  readonly #library: Library;
  readonly #set: ProgramSet;
  readonly #variables: ReadonlyMap<string, StateVariable>;
  readonly #graph: Omit<WrittenGraph, 'bytes'>;
  readonly #id: number;
  readonly #plannedPeak: number;
  #open = true;

  constructor(set: ProgramSet, library: Library) {
    this.#library = library;
    this.#set = set;
    this.#variables = new Map(set.state.map((variable) => [variable.path, variable]));
    const { bytes, ...graph } = writeGraph(set);
    this.#graph = graph;
    this.#id = load(library, bytes);
    const peaks = Object.values(set.programs).map((program) => planMemory(program).peakBytes);
    this.#plannedPeak = Math.max(0, ...peaks);
  }

  async run(name: string, inputs: Inputs): Promise<Record<string, TensorData>> {
    const { program, entry } = this.#program(name);
    const results = this.#fetch(name, inputs, [
      ...program.outputs.map((o) => entry.outputs.get(o.name)!),
      entry.done,
    ]);
    const outputs: Record<string, TensorData> = {};
    program.outputs.forEach((output, index) => {
      outputs[output.name] = results[index]!;
    });
    for (const { name: output } of program.outputs) {
      const broken = output.startsWith('loss')
        ? outputs[output]!.find((v) => !Number.isFinite(v))
        : undefined;
      if (broken !== undefined) throw new NonFiniteError(name, output, broken);
    }
    return outputs;
  }

  async diagnose(name: string, inputs: Inputs): Promise<NonFinite | null> {
    const { program, entry } = this.#program(name);
    // One value at a time: all of them at once might not fit in memory.
    for (const [id, node] of program.nodes.entries()) {
      const tensor = entry.values[id];
      if (node.dtype !== 'f32' || node.op === 'constant' || !tensor || entry.late.has(id)) continue;
      const [value] = this.#fetch(name, inputs, [tensor]);
      if (value!.every(Number.isFinite)) continue;
      const state = node.op === 'state' ? (node.attributes.path as string) : null;
      return { program: name, op: node.op, origin: node.origin, state };
    }
    return null;
  }

  async readState(paths: readonly string[] = [...this.#variables.keys()]): Promise<Map<string, TensorData>> {
    const names = paths.map((path) => {
      this.#variable(path);
      return this.#graph.reads.get(path)!;
    });
    const values = names.length > 0 ? this.#runGraph([], [], names) : [];
    return new Map(paths.map((path, index) => [path, values[index]!]));
  }

  async writeState(values: ReadonlyMap<string, TensorData>): Promise<void> {
    const feeds: LibraryTensor[] = [];
    const infos: { name: string; tfDtype: string }[] = [];
    const fetches: string[] = [];
    try {
      for (const [path, data] of values) {
        const { shape, dtype } = this.#variable(path);
        if (data.length !== sizeOf(shape)) {
          throw new RangeError(`${path} has ${sizeOf(shape)} numbers, not ${data.length}`);
        }
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
    const elements = this.#set.state.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    const state = elements * BYTES_PER_ELEMENT;
    const { numTensors, numBytes } = this.#library.memory();
    return {
      tensors: this.#set.state.length + numTensors,
      bytes: state + numBytes,
      plannedPeakBytes: state + this.#plannedPeak,
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
    const { program, entry } = this.#program(name);
    const feeds: LibraryTensor[] = [];
    const infos: { name: string; tfDtype: string }[] = [];
    try {
      for (const input of program.inputs) {
        const placeholder = entry.inputs.get(input.name);
        if (!placeholder) continue;
        const data = inputs[input.name];
        if (data?.length !== sizeOf(input.shape)) {
          const given = data ? data.length : 'none';
          throw new RangeError(`${name} wants ${sizeOf(input.shape)} numbers as ${input.name}, not ${given}`);
        }
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

  #program(name: string): { program: ProgramSet['programs'][string]; entry: Entry } {
    const program = this.#set.programs[name];
    const entry = this.#graph.programs.get(name);
    if (!program || !entry) throw new RangeError(`there is no program named ${name}`);
    return { program, entry };
  }

  #variable(path: string): StateVariable {
    const variable = this.#variables.get(path);
    if (!variable) throw new RangeError(`there is no state named ${path}`);
    return variable;
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
