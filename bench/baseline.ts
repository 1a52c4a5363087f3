import '@tensorflow/tfjs-backend-cpu';
import os from 'node:os';
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import type { Compiled } from '../compiler/4-lower/compiled.ts';
import { openEngine } from '../runtime/engines/index.ts';
import { dcgan } from './by-hand/dcgan.ts';
import { compiled, inputsOf } from './spec.ts';
import { type Bench, median, milliseconds } from './table.ts';

/**
 * The other side needs more than nine minutes for a step of 64 images on two cores, so both are compared on this
 * many; it is run this often, ours before each run.
 */
const SMALL_BATCH = 2;
const SLOW_RUNS = 3;
const RUNS = 10;
/** Steps before the first that counts: they compile the generated loops. */
const WARM_UP = 2;

/** One training step of the tutorial's DCGAN beside one written by hand with tf.layers, where tfjs alone is there. */
export const baseline: Bench = {
  title: `One step of the TensorFlow tutorial's DCGAN on ${SMALL_BATCH} images, by ganc on wasm and by hand on tfjs's cpu`,
  async run() {
    const program = compiled('bench/tutorial-dcgan.gan', { batch: `${SMALL_BATCH}` });
    await core.setBackend('cpu');
    const byHand = dcgan({ ...core, ...layers }, SMALL_BATCH);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < SLOW_RUNS; round++) {
      ours.push(...(await stepTimes(program)));
      theirs.push(await timed(async () => byHand.step()));
    }
    const ratio = median(theirs) / median(ours);
    return {
      rows: [
        row('ganc, wasm', ours, `1/${ratio.toFixed(0)}`),
        row('tf.layers and tfjs optimizers, cpu', theirs, '1'),
      ],
    };
  },
};

async function stepTimes(program: Compiled): Promise<number[]> {
  const session = await openEngine('wasm').open(program.set, { threads: os.availableParallelism() });
  await session.run('init', { key: Int32Array.of(1, 0, 0, 0) });
  const times: number[] = [];
  for (let count = 1; count <= RUNS + WARM_UP; count++) {
    const inputs = inputsOf(program, 'step', count);
    const time = await timed(() => session.run('step', inputs));
    if (count > WARM_UP) times.push(time);
  }
  await session.close();
  return times;
}

function row(what: string, times: readonly number[], share: string) {
  return {
    what,
    runs: `${times.length}`,
    median: milliseconds(median(times)),
    best: milliseconds(Math.min(...times)),
    'of the cpu time': share,
  };
}

async function timed(body: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await body();
  return performance.now() - start;
}
