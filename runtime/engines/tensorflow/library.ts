import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EngineError } from '../engine.ts';

/** TensorFlow, as tfjs-node's native part offers it. */
export interface Library {
  readonly package: string;
  readonly version: string;
  readonly tensorflow: string | null;
  readonly usesGpu: boolean;
  readonly addon: Addon;
}

/**
 * The part of tfjs-node's native addon that we use: it runs a SavedModel, its tensors carry numbers in and out.
 * The JavaScript around it is a backend for tfjs, of which nothing is used here and which takes as long to load as
 * TensorFlow itself.
 */
export interface Addon {
  readonly TF_Version?: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  isUsingGpuDevice(): boolean;
  /** @returns the tensor's number */
  createTensor(shape: readonly number[], type: number, data: AddonData): number;
  tensorDataSync(tensor: number): AddonData;
  deleteTensor(tensor: number): void;
  /** Tensors that were made and not deleted. */
  getNumOfTensors(): number;
  /** @returns the model's number */
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(model: number): void;
  /** Feeds tensors to the named ones and fetches others; names are joined by commas. */
  runSavedModel(
    model: number,
    fed: readonly number[],
    feeds: string,
    fetches: string,
  ): { readonly id: number }[];
}

export type AddonData = Float32Array | Int32Array | Uint8Array;

/** The GPU build first: it runs on the CPU where there is no GPU. */
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/** A build of tfjs-node. */
interface Installed {
  readonly name: string;
  readonly folder: string;
  /** The file of the native part; null where it is missing, as the package's own download failed. */
  readonly addon: string | null;
}

/** The first build with its native part that is in these folders: a quick look that loads nothing. */
export function findLibrary(folders: readonly string[]): Installed | null {
  return installedIn(folders).find(({ addon }) => addon !== null) ?? null;
}

/** Whether there is such a build. */
export function hasLibrary(folders: readonly string[]): boolean {
  return findLibrary(folders) !== null;
}

/**
 * Loads the first build in these folders that works.
 *
 * @throws EngineError when there is none, with what is wrong with each that was found
 */
export function loadLibrary(folders: readonly string[]): Library {
  const isQuiet = process.env.TF_CPP_MIN_LOG_LEVEL === undefined;
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // TensorFlow 2.21 may crash when it computes two convolutions at a time. Each still runs on all threads.
  process.env.TF_NUM_INTEROP_THREADS ??= '1';
  const reasons: string[] = [];
  for (const { name, folder, addon: file } of installedIn(folders)) {
    try {
      if (!file) throw new Error('its native part is missing, which its install script fetches or builds');
      const require = requireFrom(folder);
      if (isQuiet) startQuietly(file, require);
      const addon = require(file) as Addon;
      const { version } = require('./package.json') as { version: string };
      const usesGpu = addon.isUsingGpuDevice();
      return { package: name, version, tensorflow: addon.TF_Version ?? null, usesGpu, addon };
    } catch (error) {
      const why = (error instanceof Error ? error.message : String(error)).split('\n')[0];
      reasons.push(`${name} in ${folder} does not load: ${why}`);
    }
  }
  throw new EngineError(reasons.length > 0 ? reasons.join('; ') : `no ${PACKAGES[1]} is installed`);
}

/** What the installer builds beside the addon: loaded before it, it keeps TensorFlow from greeting. */
export const QUIET_START = 'quiet-start.node';

function startQuietly(addon: string, require: NodeJS.Require): void {
  const file = join(dirname(addon), QUIET_START);
  if (!existsSync(file)) return;
  try {
    require(file);
  } catch {
    // Then it greets.
  }
}

function installedIn(folders: readonly string[]): readonly Installed[] {
  const found = new Map<string, Installed>();
  for (const from of folders) {
    for (const name of PACKAGES) {
      try {
        const folder = dirname(requireFrom(from).resolve(`${name}/package.json`));
        found.set(folder, { name, folder, addon: addonIn(folder) });
      } catch {}
    }
  }
  return [...found.values()];
}

/** A package may hold builds for several versions of Node-API (`lib/napi-v8`): the newest is taken. */
export function addonIn(folder: string): string | null {
  const lib = join(folder, 'lib');
  if (!existsSync(lib)) return null;
  const versions = readdirSync(lib).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  const files = versions.map((version) => join(lib, version, 'tfjs_binding.node'));
  return files.find((file) => existsSync(file)) ?? null;
}

function requireFrom(folder: string): NodeJS.Require {
  return createRequire(pathToFileURL(join(folder, 'index.js')));
}
