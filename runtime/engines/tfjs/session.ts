import { type ProgramSet, type StateVariable, sizeOf, stateBytes } from '../../../compiler/tensor/program.ts';
import { findNonFinite } from '../diagnose.ts';
import type { EngineMemory, NonFinite, Session, TensorData } from '../engine.ts';
import { checkFits, type Inputs, inputFor, named, refuseNonFinite } from '../requests.ts';
import { Constants } from './constants.ts';
import type { Device, TensorInfo } from './device.ts';
import { type Prepared, prepare } from './prepare.ts';

/** What a run leaves behind before anything is written: every result is held, all else has been freed. */
interface Finished {
  readonly values: readonly TensorInfo[];
  readonly prepared: Prepared;
}

/** Programs and the state they share, on one device. */
export class TfjsSession implements Session {
  readonly #device: Device;
  readonly #release: () => void;
  readonly #variables: ReadonlyMap<string, StateVariable>;
  readonly #state = new Map<string, TensorInfo>();
  readonly #stateBytes: number;
  readonly #constants: Constants;
  readonly #prepared: ReadonlyMap<string, Prepared>;
  /** What has been measured so far; the plan is about these programs, or about all before the first run. */
  readonly #hasRun = new Set<Prepared>();
  /** The most bytes that a run has held beside what was there before it. */
  #peakOfRuns = 0;
  #open = true;

  /** `set` is optimized for the device; `release` is called when the session closes. */
  constructor(set: ProgramSet, device: Device, release: () => void) {
    this.#device = device;
    this.#release = release;
    this.#stateBytes = stateBytes(set);
    this.#constants = new Constants(device);
    this.#variables = new Map(set.state.map((variable) => [variable.path, variable]));
    this.#prepared = new Map(
      Object.entries(set.programs).map(([name, program]) => [name, prepare(program, device)]),
    );
    for (const { path, shape, dtype } of set.state) {
      const zeros = dtype === 'f32' ? new Float32Array(sizeOf(shape)) : new Int32Array(sizeOf(shape));
      this.#state.set(path, device.write(zeros, shape, dtype));
    }
  }

  async run(name: string, inputs: Inputs): Promise<Record<string, TensorData>> {
    const finished = this.#execute(this.#program(name), inputs);
    const { program } = finished.prepared;
    try {
      const outputs = Object.fromEntries(
        program.outputs.map((output) => [output.name, this.#device.read(finished.values[output.value]!)]),
      );
      refuseNonFinite(program, outputs);
      this.#commit(finished);
      return outputs;
    } finally {
      this.#freeResults(finished);
    }
  }

  async diagnose(program: string, inputs: Inputs): Promise<NonFinite | null> {
    const prepared = this.#program(program);
    const finite: boolean[] = [];
    const finished = this.#execute(prepared, inputs, (tensor) => {
      finite.push(tensor.dtype !== 'float32' || this.#device.read(tensor).every(Number.isFinite));
    });
    this.#freeResults(finished);
    return findNonFinite(prepared.program, (id) => finite[id]!);
  }

  async readState(paths: readonly string[] = [...this.#state.keys()]): Promise<Map<string, TensorData>> {
    return new Map(paths.map((path) => [path, this.#device.read(this.#variable(path).tensor)]));
  }

  async writeState(values: ReadonlyMap<string, TensorData>): Promise<void> {
    for (const [path, data] of values) checkFits(this.#variable(path).variable, data);
    for (const [path, data] of values) {
      const { variable, tensor } = this.#variable(path);
      this.#state.set(path, this.#device.write(data, variable.shape, variable.dtype));
      this.#device.free(tensor);
    }
  }

  memory(): EngineMemory {
    const kept = this.#constants.bytes + this.#stateBytes;
    const programs = this.#hasRun.size > 0 ? this.#hasRun : this.#prepared.values();
    const planned = [...programs].map(({ plan }) => plan.peakBytes);
    return {
      tensors: this.#device.meter.tensors,
      bytes: this.#device.meter.bytes,
      plannedPeakBytes: kept + Math.max(0, ...planned),
      peakBytes: kept + this.#peakOfRuns,
    };
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    for (const tensor of this.#state.values()) this.#device.free(tensor);
    this.#state.clear();
    this.#constants.free();
    this.#release();
  }

  /** Runs all nodes; `watch` sees the tensor of each. On an error everything is freed. */
  #execute(prepared: Prepared, inputs: Inputs, watch?: (tensor: TensorInfo) => void): Finished {
    const { program, plan, steps } = prepared;
    const { meter } = this.#device;
    const constants = this.#constants.of(program);
    const before = meter.bytes;
    meter.startPeak();
    const values: TensorInfo[] = [];
    const given = this.#upload(prepared, inputs);
    try {
      program.nodes.forEach((node, id) => {
        const step = steps[id]!;
        const tensor = step
          ? step(node.inputs.map((input) => values[input]!))
          : (constants.get(id) ?? given.get(id) ?? this.#variable(node.attributes.path as string).tensor);
        values.push(tensor);
        watch?.(tensor);
        for (const freed of plan.freeAfter[id]!) this.#device.free(values[freed]!);
      });
    } catch (error) {
      const freed = new Set(plan.freeAfter.slice(0, values.length).flat());
      program.nodes.forEach(({ op }, id) => {
        const tensor = given.get(id) ?? values[id];
        const owned = plan.root[id] === id && op !== 'state' && op !== 'constant';
        if (tensor && owned && !freed.has(id)) this.#device.free(tensor);
      });
      throw error;
    }
    this.#hasRun.add(prepared);
    this.#peakOfRuns = Math.max(this.#peakOfRuns, meter.peakBytes - before);
    return { values, prepared };
  }

  /** The tensors of the input nodes, from the numbers handed over. */
  #upload({ program }: Prepared, inputs: Inputs): Map<number, TensorInfo> {
    const handed = program.nodes.flatMap((node, id) => {
      if (node.op !== 'input') return [];
      const { shape, dtype, attributes } = node;
      const data = inputFor(program.name, { name: attributes.name as string, shape }, inputs);
      return [{ id, data, shape, dtype }];
    });
    return new Map(handed.map(({ id, data, shape, dtype }) => [id, this.#device.write(data, shape, dtype)]));
  }

  /** Puts the updates in place of the state before. A value may stand for several paths: each holds it. */
  #commit({ prepared: { program }, values }: Finished): void {
    const next = program.updates.map(({ path, value }) => {
      const { variable } = this.#variable(path);
      return [path, this.#device.share(values[value]!, variable.shape)] as const;
    });
    for (const [path, tensor] of next) {
      this.#device.free(this.#variable(path).tensor);
      this.#state.set(path, tensor);
    }
  }

  /** Frees what outputs and updates held until the end. */
  #freeResults({ prepared: { program, plan }, values }: Finished): void {
    const results = [...program.outputs, ...program.updates].map(({ value }) => plan.root[value]!);
    for (const root of new Set(results)) {
      const { op } = program.nodes[root]!;
      if (op !== 'state' && op !== 'constant') this.#device.free(values[root]!);
    }
  }

  #program(name: string): Prepared {
    if (!this.#open) throw new Error('this session is closed');
    return named('program', this.#prepared, name);
  }

  #variable(path: string): { variable: StateVariable; tensor: TensorInfo } {
    if (!this.#open) throw new Error('this session is closed');
    return { variable: named('state', this.#variables, path), tensor: this.#state.get(path)! };
  }
}
