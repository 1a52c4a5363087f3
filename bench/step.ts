import os from 'node:os';
import { optimize } from '../compiler/5-optimize/optimize.ts';
import { costOf } from '../compiler/tensor/cost.ts';
import { openEngine } from '../runtime/engines/index.ts';
import { type HandWritten, handWrittenDcgan } from './hand-written-dcgan.ts';
import { compiled, inputsOf } from './spec.ts';
import { type Bench, median, milliseconds } from './table.ts';

const SPEC = 'bench/tutorial-dcgan.gan';
/** The slow one takes minutes: it is run this often, ours many times before each run. */
const SLOW_RUNS = 1;
const RUNS_BETWEEN = 10;

/** One training step of the tutorial's DCGAN, both updates, by us on wasm and by hand on tfjs's cpu backend. */
export const step: Bench = {
  title: `One step of the TensorFlow tutorial's DCGAN (batch 64, Adam, both updates): medians, best in brackets`,
  async run() {
    const program = compiled(SPEC);
    const plain = optimize(program.set).programs.step!;
    const flops = costOf(plain).flops;
    const threadCounts = [...new Set([1, os.availableParallelism()])];
    const byHand = await handWrittenDcgan();
    const times = new Map<string, number[]>();
    const add = (what: string, time: number) => times.set(what, [...(times.get(what) ?? []), time]);

    for (let round = 0; round < SLOW_RUNS; round++) {
      for (const threads of threadCounts) {
        const session = await openEngine('wasm').open(program.set, { threads });
        await session.run('init', { key: Int32Array.of(1, 0, 0, 0) });
        // The first steps compile the generated loops.
        for (let count = 1; count <= RUNS_BETWEEN + 2; count++) {
          const inputs = inputsOf(program, 'step', count);
          const time = await timed(() => session.run('step', inputs));
          if (count > 2) add(`ganc, wasm, ${threads === 1 ? '1 thread' : `${threads} threads`}`, time);
        }
        await session.close();
      }
      process.stderr.write('one step of the baseline: this takes minutes\n');
      add('tf.layers and optimizers, cpu', await timed(() => run(byHand)));
    }

    const baseline = median(times.get('tf.layers and optimizers, cpu')!);
    return [...times].map(([what, list]) => ({
      what,
      runs: `${list.length}`,
      'a step': `${milliseconds(median(list))} (${milliseconds(Math.min(...list))})`,
      'GFLOP/s': (flops / median(list) / 1e6).toFixed(1),
      'of the cpu time': what.startsWith('ganc') ? `1/${(baseline / median(list)).toFixed(1)}` : '1',
      GFLOP: (flops / 1e9).toFixed(1),
    }));
  },
};

async function run(byHand: HandWritten): Promise<void> {
  byHand.step();
}

async function timed(body: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await body();
  return performance.now() - start;
}
