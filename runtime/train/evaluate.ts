import type { EvaluationPlan } from '../../compiler/4-lower/compiled.ts';
import { Arguments, type ArgumentValue } from '../../compiler/arguments/arguments.ts';
import { measures } from '../../compiler/measures/index.ts';
import type { Measure } from '../../compiler/measures/measure.ts';
import type { StageTime } from '../../compiler/schedules/schedule.ts';
import type { InputOrigin, Program } from '../../compiler/tensor/program.ts';
import { sizeOf } from '../../compiler/tensor/program.ts';
import type { Batch } from '../data/dataset.ts';
import type { Session, TensorData } from '../engines/engine.ts';
import { type Loaders, randomKey, scheduleValue } from './inputs.ts';
import type { Job } from './job.ts';

/** The figures of an `evaluate` block, by the author's name of the measure and by that of the figure. */
export type Figures = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface EvaluationRequest {
  readonly seed: number;
  /** Steps of training behind the weights, for what a schedule decides. */
  readonly step: number;
  /** Instead of as many as the spec says. */
  readonly samples?: number;
  /** By the program, opened for its batch. */
  readonly loaders: EvaluationLoaders;
}

type StagedRequest = EvaluationRequest & { readonly stage: StageTime };

export type EvaluationLoaders = ReadonlyMap<string, Loaders>;

/** Sets these random numbers apart from those of training and of pictures. */
const EVALUATING = 0x7ffffffe;

/** Draws the samples of an `evaluate` block and measures them. The same seed gives the same figures. */
export async function evaluate(
  session: Session,
  { compiled }: Job,
  plan: EvaluationPlan,
  request: EvaluationRequest,
): Promise<Figures> {
  const count = request.samples ?? plan.samples;
  const program = compiled.set.programs[plan.program]!;
  const drawn = await draw(session, program, count, { ...request, stage: compiled.stage });
  return Object.fromEntries(
    plan.measures.map(({ name, measure, args, samples, modes }) => {
      const seen = Object.entries(samples).map(([input, output]) => [input, drawn.get(output)!] as const);
      const figures = measureNamed(measure).measure({
        samples: new Map(seen),
        modes: new Map(Object.entries(modes)),
        args: new Arguments(new Map(Object.entries(args) as [string, ArgumentValue][])),
      });
      return [name, figures];
    }),
  );
}

export function measureNamed(name: string): Measure {
  const measure = measures.find((one) => one.name === name);
  if (!measure) throw new Error(`there is no measure ${name}`);
  return measure;
}

/** The first `count` examples of every output, over as many runs as that takes. */
async function draw(session: Session, program: Program, count: number, request: StagedRequest) {
  const outputs = program.outputs.map(({ name, value }) => {
    const [rows, ...shape] = program.nodes[value]!.shape as [number, ...number[]];
    return { name, rows, shape, length: sizeOf(shape), values: new Float32Array(count * sizeOf(shape)) };
  });
  const fewest = Math.min(...outputs.map(({ rows }) => rows));
  for (let run = 0; run * fewest < count; run++) {
    const inputs = await inputsOf(program, run, request);
    const made = await session.run(program.name, inputs);
    for (const { name, rows, length, values } of outputs) {
      const begin = run * rows * length;
      if (begin < values.length)
        values.set((made[name] as Float32Array).subarray(0, values.length - begin), begin);
    }
  }
  return new Map(outputs.map(({ name, shape, values }) => [name, { count, shape, values }]));
}

async function inputsOf(
  program: Program,
  run: number,
  { seed, step, stage, loaders }: StagedRequest,
): Promise<Record<string, TensorData>> {
  const batches = new Map<string, Batch>();
  for (const { from } of program.inputs) {
    if (from.kind !== 'data' || batches.has(from.dataset)) continue;
    const loader = loaders.get(program.name)?.get(from.dataset);
    if (!loader) throw new Error(`${program.name} takes ${from.dataset}, which was not opened`);
    batches.set(from.dataset, await loader.batch(run));
  }
  const value = (from: InputOrigin): TensorData => {
    switch (from.kind) {
      case 'key':
        return randomKey(seed, run, EVALUATING);
      case 'data':
        return batches.get(from.dataset)![from.field]!;
      case 'schedule':
        return Float32Array.of(scheduleValue(from, step, stage));
      default:
        throw new Error(`${program.name} asks for a ${from.kind}`);
    }
  };
  return Object.fromEntries(program.inputs.map(({ name, from }) => [name, value(from)]));
}
