import type { Program, ProgramInput } from '../../compiler/tensor/program.ts';
import { sizeOf } from '../../compiler/tensor/program.ts';
import type { Session, TensorData } from '../engines/engine.ts';
import type { Samples } from '../media/samples.ts';
import { type Loaders, randomKey } from './inputs.ts';
import type { Job, SamplePlan } from './job.ts';

export interface SampleRequest {
  readonly count: number;
  readonly seed: number;
  /**
   * The class of an example, for an input that knows so many: for labels, and for the latent that changes from row to row. Left
   * out, labels follow one another, and the latent is drawn.
   */
  readonly label?: (index: number, classes: number, input: string) => number;
  /** Rows of so many columns in which each latent goes over into another. */
  readonly interpolate?: readonly [rows: number, columns: number];
  /** For networks that are given data, such as sketches; batches may be of any size. */
  readonly loaders?: Loaders;
}

/** Sets these random numbers apart from those of training, whose runs within a step are few. */
const SAMPLING = 0x7fffffff;

/** Runs a network as often as it takes to make `count` examples. By the name of its output: `G`, `G.field`. */
export async function makeSamples(
  session: Session,
  job: Job,
  plan: SamplePlan,
  request: SampleRequest,
): Promise<Map<string, Samples>> {
  const { count, seed } = request;
  const program = job.compiled.set.programs[plan.program]!;
  const batch = batchOf(program);
  const given = new Map<string, TensorData>();
  for (const input of program.inputs) {
    const values = await wholeInput(session, job, plan, input, request);
    if (values) given.set(input.name, values);
  }
  const made = new Map(
    plan.outputs.map(({ name, shape }) => [name, new Float32Array(count * sizeOf(shape))] as const),
  );
  for (let start = 0; start < count; start += batch) {
    const chunk = start / batch;
    const inputs: Record<string, TensorData> = {};
    for (const input of program.inputs) {
      inputs[input.name] =
        input.from.kind === 'key'
          ? randomKey(seed, chunk, SAMPLING)
          : part(given.get(input.name)!, start, sizeOf(input.shape), batch);
    }
    const outputs = await session.run(plan.program, inputs);
    for (const { name, shape } of plan.outputs) {
      const length = sizeOf(shape);
      const kept = Math.min(batch, count - start) * length;
      made.get(name)!.set((outputs[name] as Float32Array).subarray(0, kept), start * length);
    }
  }
  return new Map(
    plan.outputs.map(({ name, shape, range }) => [name, { values: made.get(name)!, shape, range }]),
  );
}

/** A class per row of a grid, for the input that the spec names or for all; others change from place to place. */
export function labelPerRow({ rows }: SamplePlan, columns: number): NonNullable<SampleRequest['label']> {
  return (index, classes, input) =>
    (rows === null || rows === input ? Math.floor(index / columns) : index) % classes;
}

/** How many examples one run makes. */
export function batchOf(program: Program): number {
  return program.nodes[program.outputs[0]!.value]!.shape[0]!;
}

/** The values of one input for all examples; null for what differs from run to run. */
async function wholeInput(
  session: Session,
  job: Job,
  { rows }: SamplePlan,
  { from, shape, name }: ProgramInput,
  { count, seed, label, interpolate, loaders }: SampleRequest,
): Promise<TensorData | null> {
  const length = sizeOf(shape.slice(1));
  switch (from.kind) {
    case 'key':
      return null;
    case 'latent': {
      if (label && rows === name) return oneHot(count, length, (index) => label(index, length, name));
      if (!interpolate) return drawLatents(session, job, from.latent, count, seed);
      const ends = (await drawLatents(session, job, from.latent, 2 * interpolate[0], seed)) as Float32Array;
      const normal = job.normalLatents.includes(from.latent);
      return betweenRows(ends, length, interpolate, normal ? alongSphere : alongLine);
    }
    case 'label':
      return Int32Array.from({ length: count }, (_, index) =>
        label ? label(index, from.classes, name) : index % from.classes,
      );
    case 'data': {
      const values = new (shape.length > 1 ? Float32Array : Int32Array)(count * length);
      const loader = loaders?.get(from.dataset);
      if (!loader) throw new Error(`sampling takes ${from.dataset}.${from.field}, which was not opened`);
      // Networks may be given the same data and be sampled in batches of different sizes.
      for (let position = 0, at = 0; at < values.length; position++) {
        const batch = (await loader.batch(position))[from.field]!;
        values.set(batch.subarray(0, values.length - at), at);
        at += batch.length;
      }
      return values;
    }
    default:
      throw new Error(`input ${name} of a sample program is a ${from.kind}`);
  }
}

/** `count` vectors of so many classes, with a 1 at that of each. */
function oneHot(count: number, classes: number, classOf: (index: number) => number): Float32Array {
  const values = new Float32Array(count * classes);
  for (let index = 0; index < count; index++) values[index * classes + classOf(index)] = 1;
  return values;
}

/** Draws `count` of a latent; the same seed gives the same first ones however many are drawn. */
async function drawLatents(
  session: Session,
  job: Job,
  latent: string,
  count: number,
  seed: number,
): Promise<TensorData> {
  const name = job.compiled.latents.find((entry) => entry.latent === latent)!.program;
  const program = job.compiled.set.programs[name]!;
  const { shape } = program.nodes[program.outputs[0]!.value]!;
  const length = sizeOf(shape.slice(1));
  const values = new Float32Array(count * length);
  for (let start = 0; start < count; start += shape[0]!) {
    const key = randomKey(seed, start / shape[0]!, SAMPLING);
    const inputs = Object.fromEntries(program.inputs.map((input) => [input.name, key]));
    const drawn = (await session.run(name, inputs))[latent] as Float32Array;
    values.set(drawn.subarray(0, Math.min(drawn.length, values.length - start * length)), start * length);
  }
  return values;
}

/** `size` numbers for a run that begins with example `start`; the last run is filled up with what came first. */
function part(values: TensorData, start: number, size: number, batch: number): TensorData {
  const length = size / batch;
  const slice = values.subarray(start * length, start * length + size);
  if (slice.length === size) return slice;
  const filled = values instanceof Float32Array ? new Float32Array(size) : new Int32Array(size);
  for (let at = 0; at < size; at += slice.length) filled.set(slice.subarray(0, size - at), at);
  return filled;
}

type Way = (a: Float32Array, b: Float32Array, at: number) => Float32Array;

function betweenRows(
  ends: Float32Array,
  length: number,
  [rows, columns]: readonly [number, number],
  way: Way,
): Float32Array {
  const values = new Float32Array(rows * columns * length);
  for (let row = 0; row < rows; row++) {
    const a = ends.subarray(2 * row * length, (2 * row + 1) * length);
    const b = ends.subarray((2 * row + 1) * length, (2 * row + 2) * length);
    for (let column = 0; column < columns; column++) {
      values.set(way(a, b, column / Math.max(1, columns - 1)), (row * columns + column) * length);
    }
  }
  return values;
}

function alongLine(a: Float32Array, b: Float32Array, at: number): Float32Array {
  return a.map((value, i) => (1 - at) * value + at * b[i]!);
}

/**
 * Normal latents lie near a sphere; halfway on a straight line is nowhere near it, and G has never seen such a place
 * (White, "Sampling generative networks", 2016).
 */
function alongSphere(a: Float32Array, b: Float32Array, at: number): Float32Array {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  const angle = Math.acos(Math.max(-1, Math.min(1, dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)))));
  if (!(Math.sin(angle) > 1e-6)) return alongLine(a, b, at);
  const [fromA, fromB] = [Math.sin((1 - at) * angle), Math.sin(at * angle)];
  return a.map((value, i) => (fromA * value + fromB * b[i]!) / Math.sin(angle));
}
