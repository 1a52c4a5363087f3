import os from 'node:os';
import type { Compiled } from '../compiler/4-lower/compiled.ts';
import { optimize } from '../compiler/5-optimize/optimize.ts';
import { costOf } from '../compiler/tensor/cost.ts';
import { openEngine } from '../runtime/engines/index.ts';
import { handWrittenDcgan } from './hand-written-dcgan.ts';
import { compiled, inputsOf } from './spec.ts';
import { type Bench, median, milliseconds } from './table.ts';

const SPEC = 'bench/tutorial-dcgan.gan';
/** Steps before the first that counts: they compile the generated loops. */
const WARM_UP = 2;
const RUNS = 10;
/**
 * The other side needs more than nine minutes for a step of 64 images on two cores, so both are compared on this
 * many; it is run this often, ours before each run.
 */
const SMALL_BATCH = 2;
const SLOW_RUNS = 3;

/** One training step of the tutorial's DCGAN, both updates, by us on wasm. */
export const step: Bench = {
  title: `One step of the TensorFlow tutorial's DCGAN (batch 64, Adam, both updates): medians, best in brackets`,
  async run() {
    const program = compiled(SPEC);
    const { flops } = costOf(optimize(program.set).programs.step!);
    const rows: Record<string, string>[] = [];
    for (const threads of [...new Set([1, os.availableParallelism()])]) {
      const list = await stepTimes(program, threads, RUNS);
      rows.push({
        what: `ganc, wasm, ${threads === 1 ? '1 thread' : `${threads} threads`}`,
        runs: `${list.length}`,
        'a step': spread(list),
        'GFLOP/s': (flops / median(list) / 1e6).toFixed(1),
        GFLOP: (flops / 1e9).toFixed(1),
      });
    }
    return rows;
  },
};

/** The same step beside one written by hand with tf.layers and tfjs's optimizers, on tfjs's cpu backend. */
export const baseline: Bench = {
  title: `The same step on ${SMALL_BATCH} images, by ganc on wasm and by hand with tf.layers on cpu`,
  async run() {
    const program = compiled(SPEC, { batch: `${SMALL_BATCH}` });
    const byHand = await handWrittenDcgan(SMALL_BATCH);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < SLOW_RUNS; round++) {
      ours.push(...(await stepTimes(program, os.availableParallelism(), RUNS)));
      theirs.push(await timed(async () => byHand.step()));
    }
    const ratio = median(theirs) / median(ours);
    return [
      {
        what: 'ganc, wasm',
        runs: `${ours.length}`,
        'a step': spread(ours),
        'of the cpu time': `1/${ratio.toFixed(0)}`,
      },
      { what: 'tf.layers, cpu', runs: `${theirs.length}`, 'a step': spread(theirs), 'of the cpu time': '1' },
    ];
  },
};

async function stepTimes(program: Compiled, threads: number, runs: number): Promise<number[]> {
  const session = await openEngine('wasm').open(program.set, { threads });
  await session.run('init', { key: Int32Array.of(1, 0, 0, 0) });
  const times: number[] = [];
  for (let count = 1; count <= runs + WARM_UP; count++) {
    const inputs = inputsOf(program, 'step', count);
    const time = await timed(() => session.run('step', inputs));
    if (count > WARM_UP) times.push(time);
  }
  await session.close();
  return times;
}

function spread(times: readonly number[]): string {
  return `${milliseconds(median(times))} (${milliseconds(Math.min(...times))})`;
}

async function timed(body: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await body();
  return performance.now() - start;
}
