import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from './process.ts';

/** Packages of Python, and tfjs-node. */
export type Need = 'tensorflow' | 'torch' | 'tfjs-node';

/** What takes part. Its name is what the table and `--contenders` call it. */
export interface Contender {
  readonly name: string;
  /** What has to be installed for it. */
  readonly needs?: Need;
  /** Starts it on a subject: a model by its name, or a list of convolutions as JSON. */
  readonly command: (subject: string, threads: number) => Command;
}

/** The one that all are compared with. */
export const OURS = 'ganc/tensorflow';

/** They train models. */
export const contenders: readonly Contender[] = [
  node(OURS, 'tfjs-node', 'ganc', 'tensorflow'),
  node('ganc/wasm', undefined, 'ganc', 'wasm'),
  node('tfjs-node', 'tfjs-node', 'tfjs-node'),
  python('tf.function', 'tensorflow', 'tensorflow_contender.py'),
  python('torch', 'torch', 'torch_contender.py'),
  python('torch/channels_last', 'torch', 'torch_contender.py', '--channels-last'),
  python('torch/compile', 'torch', 'torch_contender.py', '--channels-last', '--compile'),
];

/** They run a model's convolutions, each on its own. */
export const convolvers: readonly Contender[] = [
  node('convolutions/tensorflow', 'tfjs-node', 'convolutions', 'tensorflow'),
  python('convolutions/torch', 'torch', 'torch_convolutions.py'),
  python('convolutions/torch/channels_last', 'torch', 'torch_convolutions.py', '--channels-last'),
];

/** Slower than those at all of them, so it runs them where nobody else can. */
export const lastConvolver = node('convolutions/wasm', undefined, 'convolutions', 'wasm');

/** The Python that trains with TensorFlow and PyTorch, where it has them. */
export const PYTHON = process.env.GANC_PYTHON || 'python3';

/** A script of this folder, as `npm run bench` bundles it. */
function node(name: string, needs: Need | undefined, script: string, ...first: readonly string[]): Contender {
  const file = join(dirname(fileURLToPath(import.meta.url)), 'contenders', `${script}.mjs`);
  return {
    name,
    ...(needs && { needs }),
    command: (subject, threads) => ({
      file: process.execPath,
      args: [file, ...first, subject, `${threads}`],
    }),
  };
}

function python(
  name: string,
  needs: 'torch' | 'tensorflow',
  script: string,
  ...last: readonly string[]
): Contender {
  return {
    name,
    needs,
    command: (subject, threads) => ({
      file: PYTHON,
      // -B: no cache beside the sources.
      args: ['-B', `bench/python/${script}`, subject, '--threads', `${threads}`, ...last],
    }),
  };
}
