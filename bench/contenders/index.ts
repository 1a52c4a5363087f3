import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from './process.ts';

/** What trains a model beside the others. Its name is what the table and `--contenders` call it. */
export interface Contender {
  readonly name: string;
  /** The python package that it needs. */
  readonly python?: 'torch' | 'tensorflow';
  readonly command: (model: string, threads: number) => Command;
}

/** The one that all are compared with. */
export const OURS = 'ganc/tensorflow';

export const contenders: readonly Contender[] = [
  node(OURS, 'ganc', 'tensorflow'),
  node('ganc/wasm', 'ganc', 'wasm'),
  node('tfjs-node', 'tfjs-node'),
  python('tf.function', 'tensorflow'),
  python('torch', 'torch'),
  python('torch/channels_last', 'torch', '--channels-last'),
  python('torch/compile', 'torch', '--channels-last', '--compile'),
];

/** The Python that trains with TensorFlow and PyTorch, where it has them. */
export const PYTHON = process.env.GANC_PYTHON || 'python3';

/** A script beside this one, as `npm run bench` bundles it. */
function node(name: string, script: string, ...options: readonly string[]): Contender {
  const file = join(dirname(fileURLToPath(import.meta.url)), 'contenders', `${script}.mjs`);
  return {
    name,
    command: (model, threads) => ({
      file: process.execPath,
      args: [file, ...options, model, String(threads)],
    }),
  };
}

function python(name: string, library: 'torch' | 'tensorflow', ...options: readonly string[]): Contender {
  return {
    name,
    python: library,
    command: (model, threads) => ({
      file: PYTHON,
      args: ['-B', `bench/python/${library}_contender.py`, model, '--threads', String(threads), ...options],
    }),
  };
}
