import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

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
export const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/** The first build found beside ganc, in the project one works in, or where ganc installed one; null for none. */
export function findLibrary(
  folders: readonly string[],
): { readonly name: string; readonly folder: string } | null {
  for (const folder of folders) {
    for (const name of PACKAGES) {
      try {
        const manifest = requireFrom(folder).resolve(`${name}/package.json`);
        if (hasAddon(dirname(manifest))) return { name, folder };
      } catch {}
    }
  }
  return null;
}

/** Loads what `findLibrary` finds; throws with the reason when there is none or it does not work. */
export function loadLibrary(folders: readonly string[]): Library {
  const { name, tf } = requireLibrary(folders);
  const backend = tf.backend() as Backend;
  return {
    package: name,
    version: tf.version['tfjs-node'],
    tensorflow: backend.binding.TF_Version ?? null,
    usesGpu: backend.isUsingGpuDevice,
    backend,
    tensor: (data, shape, dtype) => tf.tensor(data, shape, dtype),
    memory: () => tf.memory(),
  };
}

/** The whole package, as it is. */
// biome-ignore lint/suspicious/noExplicitAny: it is an optional peer, so its types may be absent
export function requireLibrary(folders: readonly string[]): { readonly name: string; readonly tf: any } {
  const found = findLibrary(folders);
  if (!found) throw new Error('no @tensorflow/tfjs-node is installed');
  const require = requireFrom(found.folder);
  repairUtil(require('node:util'));
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  try {
    return { name: found.name, tf: quietly(() => require(found.name)) };
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).split('\n')[0];
    throw new Error(`${found.name} in ${found.folder} does not load: ${why}`, { cause: error });
  }
}

/** Whether the native part is there: it is missing where the package's own download failed. */
function hasAddon(folder: string): boolean {
  const lib = join(folder, 'lib');
  return existsSync(lib) && readdirSync(lib).some((api) => existsSync(join(lib, api, 'tfjs_binding.node')));
}

function requireFrom(folder: string): NodeJS.Require {
  return createRequire(pathToFileURL(join(folder, 'index.js')));
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
