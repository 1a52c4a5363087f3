import type { Field } from './contenders/here.ts';
import { type Contender, OURS } from './contenders/index.ts';
import { type ConvolutionRate, convolutionRate } from './convolution-rate.ts';
import { convolutionsOf } from './convolutions.ts';
import { compiledModel, flopsOf, models, weightsOf } from './models.ts';
import type { Options } from './options.ts';
import { type Entrant, type Result, runRace } from './race.ts';
import { type Bench, gigaflops, mebibytes, median, milliseconds, type Table } from './table.ts';

const STEP = 'step';

/** One training step of a model by all in the field, beside the model's convolutions alone. */
export function compare(name: string, { trainers, convolvers }: Field, options: Options): Bench {
  const { title } = models[name]!;
  const { rounds, threads } = options;
  const model = compiledModel(models[name]!);
  const flops = flopsOf(model);
  const uses = convolutionsOf(model);
  return {
    title: `One training step of ${title}: ${(flops / 1e9).toFixed(1)} GFLOP, ${threads} threads`,
    async run() {
      const enter = (some: readonly Contender[], subject: string, bodies: readonly string[]) =>
        some.map(({ name, command }): Entrant => ({ name, command: command(subject, threads), bodies }));
      const list = JSON.stringify(uses.map(({ convolution }) => convolution));
      const training = enter(trainers, name, [STEP]);
      const alone = enter(convolvers, list, Object.keys(uses));
      const { results, reasons } = await runRace({
        entrants: [...training, ...alone],
        rounds,
        weights: weightsOf(model),
        progress: (message) => options.progress(`${name}: ${message}`),
      });
      const of = (entrants: readonly Entrant[]) => entrants.flatMap((entrant) => results.get(entrant) ?? []);
      const { rows, notes } = tableOf(of(training), flops, convolutionRate(uses, of(alone)));
      const cannot = [...reasons].map(([{ name }, reason]) => `${name} cannot: ${reason}`);
      return { rows, notes: [...notes, ...cannot] };
    },
  };
}

function tableOf(results: readonly Result[], flops: number, rate: ConvolutionRate | null): Required<Table> {
  const stepOf = ({ times }: Result) => median(times.get(STEP)!);
  const ours = results.find(({ name }) => name === OURS);
  const rows = results.map((result) => {
    const { name, version, times, peakBytes } = result;
    const step = stepOf(result);
    return {
      contender: name,
      steps: `${times.get(STEP)!.length}`,
      median: milliseconds(step),
      best: milliseconds(Math.min(...times.get(STEP)!)),
      [`× ${OURS}`]: ours ? (step / stepOf(ours)).toFixed(2) : '–',
      'GFLOP/s': gigaflops(flops / step),
      'of the convolution rate': rate ? percent(flops / step / (rate.flops / rate.time)) : '–',
      'peak memory': mebibytes(peakBytes),
      version,
    };
  });
  if (!rate) return { rows, notes: [] };
  const winners = [...rate.fastest].map(([name, kinds]) => `${name} ${kinds}`).join(', ');
  return {
    rows,
    notes: [
      `convolution rate: ${gigaflops(rate.flops / rate.time)} GFLOP/s. The step's convolutions alone, ` +
        `${(rate.flops / 1e9).toFixed(1)} GFLOP, take ${milliseconds(rate.time)}` +
        `${ours ? `, ${percent(rate.time / stepOf(ours))} of the step of ${OURS}` : ''}; ` +
        `each kind by whoever is fastest at it (${winners}); the fastest kind ${gigaflops(rate.best)} GFLOP/s`,
    ],
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
