import { type Contender, OURS } from './contenders/index.ts';
import { compiledModel, flopsOf, type Model, weightsOf } from './models.ts';
import type { Options } from './options.ts';
import { run } from './race.ts';
import { type Bench, mebibytes, median, milliseconds } from './table.ts';

/** One training step of a model by every contender. */
export function compare(
  name: string,
  model: Model,
  contenders: readonly Contender[],
  options: Options,
): Bench {
  const program = compiledModel(model);
  const flops = flopsOf(program);
  const { rounds, threads, progress } = options;
  return {
    title: `One training step of ${model.title}: ${(flops / 1e9).toFixed(1)} GFLOP, ${threads} threads`,
    async run() {
      const weights = weightsOf(program);
      const { results, reasons } = await run({ model: name, weights, contenders, rounds, threads, progress });
      const ours = results.find((result) => result.name === OURS);
      const rows = results.map(({ name, version, times, peakBytes }) => {
        const time = median(times);
        return {
          contender: name,
          steps: `${times.length}`,
          median: milliseconds(time),
          best: milliseconds(Math.min(...times)),
          [`× ${OURS}`]: ours ? (time / median(ours.times)).toFixed(2) : '–',
          'GFLOP/s': (flops / time / 1e6).toFixed(1),
          'peak memory': mebibytes(peakBytes),
          version,
        };
      });
      return { rows, notes: reasons };
    },
  };
}
