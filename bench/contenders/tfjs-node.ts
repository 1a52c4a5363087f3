import { createRequire } from 'node:module';
import { libraryFolders } from '../../runtime/engines/tensorflow/folders.ts';
import { findLibrary } from '../../runtime/engines/tensorflow/library.ts';
import { byHand } from '../by-hand/index.ts';
import { serve } from './serve.ts';

// Models written by hand with tf.layers and tfjs's optimizers, run by tfjs-node: `tfjs-node.mjs MODEL THREADS`.

const [modelName, threads] = process.argv.slice(2) as [string, string];

await serve(async () => {
  process.env.TF_NUM_INTRAOP_THREADS = threads;
  const { name, folder } = findLibrary(libraryFolders())!;
  const tf = wholeLibrary(folder);
  const { weights, step } = byHand[modelName]!(tf);
  return { weights, version: `${name} ${tf.version['tfjs-node']}`, bodies: { step } };
});

/** The whole package, whose backend is then tfjs's own. */
// biome-ignore lint/suspicious/noExplicitAny: it is an optional peer, so its types may be absent
function wholeLibrary(folder: string): any {
  const require = createRequire(import.meta.url);
  repairUtil(require('node:util'));
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const { warn } = console;
  // It warns of every kernel that it finds registered already: there are two hundred.
  console.warn = () => {};
  try {
    return require(folder);
  } finally {
    console.warn = warn;
  }
}

/** tfjs-node calls two functions that Node 23 removed. */
function repairUtil(util: { isNullOrUndefined?: unknown; isArray?: unknown }): void {
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}
