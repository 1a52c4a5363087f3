import { checkpointMismatch } from '../../compiler/diagnostics/codes/checkpoint-mismatch.ts';
import { nearest } from '../../compiler/diagnostics/nearest.ts';
import { changingState, type StateVariable } from '../../compiler/tensor/program.ts';
import type { TensorData } from '../engines/engine.ts';
import { found } from '../found-error.ts';
import { UserError } from '../user-error.ts';
import { version } from '../version.ts';
import { readTensors, type StoredTensor, writeTensors } from './checkpoint-file.ts';
import type { SpecText } from './job.ts';
import { SafetensorsError } from './safetensors.ts';

/** A training at rest. With the spec and the engine it decides everything that follows, bit for bit. */
export interface Checkpoint {
  /** Steps done. */
  readonly step: number;
  /** Runs of programs done within the next step: not 0 only after a loss was not finite. */
  readonly run: number;
  /** Steps that the training was to have in all. */
  readonly steps: number;
  /** The stage of training that it is in; null where there are no stages. It follows from `step`, and is for readers. */
  readonly stage: string | null;
  readonly seed: number;
  readonly spec: SpecText;
  readonly engine: string;
  /** How often each program has run. */
  readonly counts: Readonly<Record<string, number>>;
  /** The batch that comes next from each dataset (a portion, where updates take batches of several sizes), and its epoch. */
  readonly positions: Readonly<Record<string, DataPosition>>;
  /** SHA-256 of the frozen weights of each pretrained model, which are in its own files only. */
  readonly pretrained: Readonly<Record<string, string>>;
  /** Weights, optimizer slots, moving statistics and averaged weights by path. */
  readonly state: ReadonlyMap<string, StoredTensor>;
}

export interface DataPosition {
  readonly batch: number;
  readonly epoch: number;
}

const FORMAT = 'ganc checkpoint 1';

export async function writeCheckpoint(file: string, checkpoint: Checkpoint): Promise<void> {
  const { step, run, steps, stage, seed, spec, engine, counts, positions, pretrained, state } = checkpoint;
  const metadata = {
    format: FORMAT,
    ganc: version,
    step: String(step),
    run: String(run),
    steps: String(steps),
    ...(stage !== null && { stage }),
    seed: String(seed),
    engine,
    counts: JSON.stringify(counts),
    positions: JSON.stringify(positions),
    pretrained: JSON.stringify(pretrained),
    'spec.hash': spec.hash,
    'spec.file': spec.file,
    'spec.folder': spec.folder,
    'spec.text': spec.text,
    ...(Object.keys(spec.imports).length > 0 && { 'spec.imports': JSON.stringify(spec.imports) }),
  };
  await writeTensors(file, { tensors: state, metadata });
}

/** Throws `SafetensorsError` when the file is cut, damaged or not a checkpoint. */
export async function readCheckpoint(file: string): Promise<Checkpoint> {
  const { tensors, metadata } = await readTensors(file);
  const text = (key: string): string => {
    const value = metadata[key];
    if (value === undefined) throw new SafetensorsError(`it does not say its ${key}`);
    return value;
  };
  const whole = (key: string): number => {
    const value = Number(text(key));
    if (!Number.isSafeInteger(value) || value < 0)
      throw new SafetensorsError(`its ${key} is not a whole number`);
    return value;
  };
  const format = text('format');
  if (format !== FORMAT) throw new SafetensorsError('it is not a checkpoint of this version of ganc');
  return {
    step: whole('step'),
    run: whole('run'),
    steps: whole('steps'),
    stage: metadata.stage ?? null,
    seed: whole('seed'),
    engine: text('engine'),
    counts: json(text('counts')),
    positions: json(text('positions')),
    // Checkpoints from before there were pretrained models do not say that they have none.
    pretrained: json(metadata.pretrained ?? '{}'),
    spec: {
      hash: text('spec.hash'),
      file: text('spec.file'),
      folder: text('spec.folder'),
      text: text('spec.text'),
      imports: json(metadata['spec.imports'] ?? '{}'),
    },
    state: tensors,
  };
}

function json<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new SafetensorsError('its metadata is not JSON');
  }
}

/** The state as a file holds it: shapes come from the program, which alone knows them. */
export function storedState(
  variables: readonly StateVariable[],
  values: ReadonlyMap<string, TensorData>,
): Map<string, StoredTensor> {
  return new Map(
    changingState(variables).map(({ path, shape }) => [path, { shape, values: values.get(path)! }]),
  );
}

/** The path of the first weight that holds a number that is not finite; null when all is well. */
export function notFinite(values: ReadonlyMap<string, TensorData>): string | null {
  for (const [path, array] of values) {
    if (array instanceof Float32Array && !allFinite(array)) return path;
  }
  return null;
}

/** A plain loop: tens of millions of numbers are looked at before each checkpoint. */
function allFinite(array: Float32Array): boolean {
  for (let i = 0; i < array.length; i++) {
    if (!Number.isFinite(array[i])) return false;
  }
  return true;
}

/** Refuses a checkpoint that was made from another spec, naming what differs. */
export function requireSameSpec(
  checkpoint: Pick<Checkpoint, 'state'> & { readonly spec: Pick<SpecText, 'hash'> },
  spec: SpecText,
  variables: readonly StateVariable[],
  file: string,
): void {
  const differences = stateDifferences(checkpoint.state, variables);
  const about = firstOf(differences);
  if (about === null && checkpoint.spec.hash === spec.hash) return;
  throw found(checkpointMismatch, about ?? '', { file, needs: 'the same spec', ...differences });
}

/** The path that differs first; null when none does. */
function firstOf({ changed, onlyWanted, onlySaved }: ReturnType<typeof stateDifferences>): string | null {
  return (changed[0] ?? onlyWanted[0] ?? onlySaved[0])?.path ?? null;
}

/** Refuses weights that lack some of what another spec wants to read, or have it in another shape. */
export function requireFitting(
  { state }: Pick<Checkpoint, 'state'>,
  variables: readonly StateVariable[],
  file: string,
): void {
  const wanted = new Set(variables.map(({ path }) => path));
  const stored = new Map([...state].filter(([path]) => wanted.has(path)));
  const differences = stateDifferences(stored, variables);
  const about = firstOf(differences);
  if (about !== null) throw found(checkpointMismatch, about, { file, needs: 'its networks', ...differences });
}

/** Refuses to go on with other frozen weights than those that were trained against. */
export function requireSamePretrained(
  { pretrained }: Pick<Checkpoint, 'pretrained'>,
  hashes: Readonly<Record<string, string>>,
  file: string,
): void {
  const changed = Object.keys(hashes).filter((name) => pretrained[name] !== hashes[name]);
  if (changed.length === 0) return;
  throw new UserError(
    `${file} was trained with other weights in ${changed.join(' and ')} than its files hold now`,
    'put the old files back, or start a new run in another folder with --out',
  );
}

/** What differs between a checkpoint and a spec: paths whose shape or kind is another, and those that only one has. */
export function stateDifferences(
  stored: ReadonlyMap<string, StoredTensor>,
  variables: readonly StateVariable[],
) {
  const wanted = new Map(changingState(variables).map((variable) => [variable.path, variable]));
  const onlyIn = (own: ReadonlyMap<string, { readonly shape: readonly number[] }>, other: typeof own) => {
    const missing = [...own.keys()].filter((path) => !other.has(path));
    const free = [...other.keys()].filter((path) => !own.has(path));
    return withoutKeptFor(missing, (path) => path).map((path) => ({
      path,
      shape: own.get(path)!.shape,
      near: nearest(path, free),
    }));
  };
  const changed = [...wanted.values()].flatMap(({ path, shape, dtype }) => {
    const there = stored.get(path);
    if (!there) return [];
    const isSameShape = there.shape.join() === shape.join();
    const isSameKind = there.values instanceof Float32Array === (dtype === 'f32');
    if (isSameShape && isSameKind) return [];
    return [{ path, saved: there.shape, wanted: shape, kind: isSameShape ? dtype : null }];
  });
  return {
    changed: withoutKeptFor(changed, ({ path }) => path),
    onlySaved: onlyIn(stored, wanted),
    onlyWanted: onlyIn(wanted, stored),
  };
}

/** Leaves out what is kept for something else in the list, `adam/G/dense/kernel/m`: it differs as that does. */
function withoutKeptFor<T>(list: readonly T[], pathOf: (one: T) => string): readonly T[] {
  const paths = list.map((one) => `/${pathOf(one)}/`);
  return list.filter(
    (one) =>
      !paths.some((path) => {
        const own = `/${pathOf(one)}/`;
        return own !== path && own.includes(path);
      }),
  );
}
