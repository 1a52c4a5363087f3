import os from 'node:os';
import { optimize } from '../../../compiler/5-optimize/optimize.ts';
import { tensorflowTarget } from '../../../compiler/5-optimize/tensorflow/legalize.ts';
import type { Engine } from '../engine.ts';
import { libraryFolders } from './folders.ts';
import { hasLibrary, type Library, loadLibrary } from './library.ts';
import { TensorflowSession } from './session.ts';

let loaded: Library | null = null;

/** A process can load TensorFlow once. Threads are chosen before that, and stay. */
function library(threads?: number): Library {
  if (threads !== undefined && !loaded) process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  loaded ??= loadLibrary(libraryFolders());
  return loaded;
}

/** The whole step as one TensorFlow graph, run by tfjs-node or tfjs-node-gpu: the fast engine. */
export const tensorflow: Engine = {
  name: 'tensorflow',
  present: () => hasLibrary(libraryFolders()),
  async describe() {
    const common = { name: 'tensorflow' };
    try {
      const { package: name, version, tensorflow: native, usesGpu } = library();
      return {
        ...common,
        available: true,
        version: native ? `${native} (${name} ${version})` : version,
        threads: Number(process.env.TF_NUM_INTRAOP_THREADS) || os.availableParallelism(),
        devices: usesGpu ? ['GPU', 'CPU'] : name.endsWith('gpu') ? ['CPU', 'no GPU was found'] : ['CPU'],
        reason: null,
      };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const reason = `${why}; run "ganc engine install tensorflow", or npm install @tensorflow/tfjs-node`;
      return { ...common, available: false, version: null, threads: null, devices: [], reason };
    }
  },
  async open(programs, { threads } = {}) {
    const { addon, usesGpu } = library(threads);
    return new TensorflowSession(optimize(programs, tensorflowTarget({ usesGpu })), addon);
  },
};
