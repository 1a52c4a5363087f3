import { libraryFolders } from '../../runtime/engines/tensorflow/folders.ts';
import { requireLibrary } from '../../runtime/engines/tensorflow/library.ts';
import { byHand } from '../by-hand/index.ts';
import { serve } from './serve.ts';

// Models written by hand with tf.layers and tfjs's optimizers, run by tfjs-node: `tfjs-node.mjs MODEL THREADS`.

const [modelName, threads] = process.argv.slice(2) as [string, string];

await serve(async () => {
  process.env.TF_NUM_INTRAOP_THREADS = threads;
  const { name, tf } = requireLibrary(libraryFolders());
  const { weights, step } = byHand[modelName]!(tf);
  return { weights, version: `${name} ${tf.version['tfjs-node']}`, bodies: { step } };
});
