import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EngineError } from '../engine.ts';

/** The part of tfjs-node that we use: its backend runs a SavedModel, its tensors carry numbers in and out. */
export interface Library {
  readonly package: string;
  readonly version: string;
  readonly tensorflow: string | null;
  readonly usesGpu: boolean;
  readonly backend: Backend;
  tensor(
    data: Float32Array | Int32Array | Uint8Array,
    shape: readonly number[],
    dtype: string,
  ): LibraryTensor;
  memory(): { readonly numTensors: number; readonly numBytes: number };
}

export interface LibraryTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  dataSync(): Float32Array | Int32Array | Uint8Array;
  dispose(): void;
}

interface Backend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version?: string };
  loadSavedModelMetaGraph(path: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(
    id: number,
    inputs: readonly LibraryTensor[],
    infos: readonly { readonly name: string; readonly tfDtype: string }[],
    outputs: readonly string[],
  ): LibraryTensor[];
}

/** The GPU build first: it runs on the CPU where there is no GPU. */
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

interface Installed {
  readonly name: string;
  readonly folder: string;
  /** Whether the native part is there: it is missing where the package's own download failed. */
  readonly hasAddon: boolean;
}

/** Whether a build with its native part is in one of the folders: a quick look that loads nothing. */
export function hasLibrary(folders: readonly string[]): boolean {
  return installedIn(folders).some(({ hasAddon }) => hasAddon);
}

/**
 * Loads the first build in these folders that works.
 *
 * @throws EngineError when there is none, with what is wrong with each that was found
 */
export function loadLibrary(folders: readonly string[]): Library {
  const { name, tf } = requireLibrary(folders);
  const backend = tf.backend() as Backend;
  return {
    package: name,
    version: tf.version['tfjs-node'],
    tensorflow: backend.binding.TF_Version ?? null,
    usesGpu: backend.isUsingGpuDevice,
    backend,
    tensor: (data, shape, dtype) => tf.tensor(copyOf(data), shape, dtype),
    memory: () => tf.memory(),
  };
}

/** The whole package, as it is; otherwise as `loadLibrary`. */
// biome-ignore lint/suspicious/noExplicitAny: it is an optional peer, so its types may be absent
export function requireLibrary(folders: readonly string[]): { readonly name: string; readonly tf: any } {
  repairUtil(createRequire(import.meta.url)('node:util'));
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const reasons: string[] = [];
  for (const { name, folder, hasAddon } of installedIn(folders)) {
    try {
      if (!hasAddon)
        throw new Error('its native part is missing, which its install script fetches or builds');
      return { name, tf: quietly(() => requireFrom(folder)(folder)) };
    } catch (error) {
      const why = (error instanceof Error ? error.message : String(error)).split('\n')[0];
      reasons.push(`${name} in ${folder} does not load: ${why}`);
    }
  }
  throw new EngineError(reasons.length > 0 ? reasons.join('; ') : `no ${PACKAGES[1]} is installed`);
}

function installedIn(folders: readonly string[]): readonly Installed[] {
  const found = new Map<string, Installed>();
  for (const from of folders) {
    for (const name of PACKAGES) {
      try {
        const folder = dirname(requireFrom(from).resolve(`${name}/package.json`));
        found.set(folder, { name, folder, hasAddon: hasAddon(folder) });
      } catch {}
    }
  }
  return [...found.values()];
}

function hasAddon(folder: string): boolean {
  const lib = join(folder, 'lib');
  return existsSync(lib) && readdirSync(lib).some((api) => existsSync(join(lib, api, 'tfjs_binding.node')));
}

function requireFrom(folder: string): NodeJS.Require {
  return createRequire(pathToFileURL(join(folder, 'index.js')));
}

/**
 * A copy that begins at an address no tensor may begin at, so TensorFlow copies it in its turn. Where the address
 * suits, it uses the memory of the array itself: a variable then changes with the array that it was written
 * from, and TensorFlow gives the array back to V8 on whatever thread it drops the variable's old value.
 */
function copyOf<T extends Float32Array | Int32Array | Uint8Array>(data: T): T {
  const Kind = data.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => T;
  const offset = data.BYTES_PER_ELEMENT;
  const copy = new Kind(new ArrayBuffer(offset + data.byteLength), offset, data.length);
  copy.set(data);
  return copy;
}

/** The library warns of every kernel that it finds registered by ours: there are two hundred. */
// biome-ignore lint/suspicious/noExplicitAny: the package is an optional peer, so its types may be absent
function quietly(load: () => any): any {
  const { warn } = console;
  console.warn = () => {};
  try {
    return load();
  } finally {
    console.warn = warn;
  }
}

/** tfjs-node calls two functions that Node 23 removed. */
function repairUtil(util: { isNullOrUndefined?: unknown; isArray?: unknown }): void {
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}
