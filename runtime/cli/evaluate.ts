import type { Command } from 'commander';
import type { EvaluationPlan } from '../../compiler/4-lower/compiled.ts';
import { figureText } from '../../compiler/explain/measure-page.ts';
import { measures } from '../../compiler/measures/index.ts';
import { changingState, pathsRead } from '../../compiler/tensor/program.ts';
import { requireFitting, requireSamePretrained, requireSameSpec } from '../train/checkpoint.ts';
import { evaluate, type Figures, measureNamed } from '../train/evaluate.ts';
import { UserError } from '../user-error.ts';
import { compileSpec, stageReached } from './compiled-spec.ts';
import { openSession } from './engine-choice.ts';
import { located } from './located.ts';
import { wholeNumber } from './option-values.ts';
import { figureWords } from './progress.ts';
import { openEvaluationLoaders } from './sample-loaders.ts';
import { readSpec } from './spec-file.ts';
import type { Terminal } from './terminal.ts';
import { findTrained, warn } from './trained.ts';

interface EvaluateOptions {
  readonly seed?: number;
  readonly spec?: string;
  readonly samples?: number;
  readonly checkpoint?: string;
  readonly network?: string;
  readonly engine?: string;
  readonly threads?: number;
  readonly dataRoot?: string;
  readonly json?: boolean;
}

/** `ganc evaluate RUN`: the measures of its `evaluate` blocks, with the weights of a run or a bundle. */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('<run>', 'the folder of a run, or a bundle with weights, whose spec has an evaluate block')
    .option('--seed <n>', 'decides what is drawn; default: that of the training', wholeNumber(0))
    .option('--spec <file>', 'measure as this spec says, which may be newer than the run')
    .option('--samples <n>', 'default: as the spec says', wholeNumber(1, 1_000_000))
    .option('--checkpoint <file>', 'default: the newest one of the run')
    .option('--network <name>', 'default: every network that has an evaluate block')
    .option('--engine <name>', 'what to run on: tensorflow, wasm or cpu; default: the best installed')
    .option('--threads <n>', 'threads of the engine; default: one per core', wholeNumber(1, 256))
    .option('--data-root <folder>', 'where data paths start, for measures that look at data')
    .option('--json', 'write one JSON object')
    .addHelpText('after', `\nFigures:\n${definitions()}\n\nganc explain MEASURE says more.\n`)
    .action(async (run: string, options: EvaluateOptions) => evaluateRun(run, options, terminal));
}

/** The definition of every figure, for `--help`. */
function definitions(): string {
  return measures
    .flatMap(({ name, figures }) => [
      `  ${name}`,
      ...figures.map((figure) => `    ${figure.name.padEnd(14)}  ${figureText(figure)}`),
    ])
    .join('\n');
}

async function evaluateRun(run: string, options: EvaluateOptions, terminal: Terminal): Promise<void> {
  const trained = await findTrained(run, options.checkpoint, terminal);
  const { file, hash, step, state, pretrained: known } = trained;
  const other = options.spec === undefined ? null : await readSpec(options.spec, terminal);
  const { checked, stages } = compileSpec(other ?? trained.spec, {}, terminal, options.dataRoot);
  const job = stageReached(stages, step).job();
  const plans = choosePlans(job.compiled.evaluations, options.network);
  const programs = plans.map(({ program }) => program);
  const { set } = job.compiled;
  const read = pathsRead(set, programs);
  await located(checked, () => {
    if (!other) return requireSameSpec({ state, spec: { hash } }, job.spec, trained.variables(job), file);
    const variables = changingState(set.state).filter((variable) => read.has(variable.path));
    return requireFitting({ state }, variables, file);
  });
  const seed = options.seed ?? trained.seed;
  const choice = { ...options, programs };
  const { engine, session, pretrained } = await located(checked, () =>
    openSession(job, choice, (text) => warn(terminal, text)),
  );
  const loaders = await located(checked, () => openEvaluationLoaders(job, seed, options.dataRoot));
  try {
    if (known && !other) requireSamePretrained({ pretrained: known }, pretrained, file);
    const wanted = [...state].filter(([at]) => read.has(at));
    await session.writeState(new Map(wanted.map(([at, { values }]) => [at, values])));
    const measured: [EvaluationPlan, Figures][] = [];
    for (const plan of plans) {
      const samples = options.samples ?? plan.samples;
      const figures = await evaluate(session, job, plan, { seed, step, samples, loaders });
      measured.push([{ ...plan, samples }, figures]);
    }
    const facts = { run, step, seed, engine: engine.name };
    if (options.json) terminal.out.write(`${JSON.stringify(asJson(facts, measured))}\n`);
    else terminal.out.write(asText(facts, measured, terminal));
  } finally {
    await session.close();
    for (const opened of loaders.values()) for (const loader of opened.values()) await loader.close();
  }
}

function choosePlans(
  plans: readonly EvaluationPlan[],
  network: string | undefined,
): readonly EvaluationPlan[] {
  const chosen = network === undefined ? plans : plans.filter((plan) => plan.network === network);
  if (chosen.length > 0) return chosen;
  const names = plans.map((plan) => plan.network).join(', ');
  throw new UserError(
    names ? `there is no evaluate block for ${network}` : 'this spec has no evaluate block',
    names
      ? `use one of ${names}`
      : 'write one into a copy of the spec, and pass that as --spec: ganc explain evaluate shows one',
    { exitCode: 2 },
  );
}

interface Facts {
  readonly run: string;
  readonly step: number;
  readonly seed: number;
  readonly engine: string;
}

function asJson(facts: Facts, measured: readonly [EvaluationPlan, Figures][]) {
  const evaluations = measured.map(([{ network, samples, measures: plans }, figures]) => ({
    network,
    samples,
    measures: plans.map(({ name, text, measure }) => ({
      name,
      measure: text,
      figures: figures[name],
      definitions: Object.fromEntries(
        measureNamed(measure).figures.map((figure) => [figure.name, figureText(figure)]),
      ),
    })),
  }));
  return { ...facts, evaluations };
}

function asText(
  { run, step, seed }: Facts,
  measured: readonly [EvaluationPlan, Figures][],
  { out: { colors } }: Terminal,
): string {
  const parts = measured.flatMap(([{ network, samples, measures: plans }, figures]) => [
    `${run} after step ${step}: ${samples} samples of ${network}, seed ${seed}\n`,
    ...plans.map(({ name, text, measure }) => {
      const words = new Map(figureWords({ [name]: figures[name]! }));
      const lines = measureNamed(measure).figures.map((figure) => {
        const value = words.get(`${name}.${figure.name}`)!;
        return `    ${figure.name.padEnd(14)}  ${value.padStart(10)}  ${colors.dim(figureText(figure))}\n`;
      });
      return `\n  ${colors.bold(name)}: ${text}\n${lines.join('')}`;
    }),
  ]);
  return parts.join('');
}
