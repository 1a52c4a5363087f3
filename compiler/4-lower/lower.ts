import type { Model, Training } from '../3-check/model.ts';
import { type Builder, PROGRAM_VERSION, type ProgramSet, type StateVariable } from '../tensor/index.ts';
import type { Compiled } from './compiled.ts';
import { lowerEvaluation } from './evaluate.ts';
import { lowerInit } from './init.ts';
import { dueTogether, intervalsOf } from './lazy.ts';
import { plainTimes } from './plain-arguments.ts';
import { lowerLatent, lowerSample, sampleCount, sampledNetworks } from './sample.ts';
import { lowerSharedStep, lowerUpdate, shownNames } from './update.ts';
import { type UpdatesBefore, updatesBefore } from './updates-before.ts';

/**
 * Writes a checked model as tensor programs:
 *
 *   init          draws the weights
 *   update.D      one per update: loss, gradients, optimizer — or all in one, `step`, with `draw: shared`;
 *                 `update.D every 16` in its place where a penalty is due that is not counted at every step
 *   sample.G      one per generator
 *   latent.z      one per latent, to draw what sample programs take
 *   evaluate.G    one per `evaluate` block: draws what its measures look at
 *
 * `earlier` are the models of the stages of training before this one, whose weights go on in it.
 */
export function lower(model: Model, earlier: readonly Model[] = []): Compiled {
  const { training } = model;
  const updated = updatesBefore(model, earlier);
  const isShared = training?.draw === 'shared';
  const parts = training ? stepParts(model, training, isShared, updated) : [];
  const sampled = sampledNetworks(model);
  const most = Math.max(1, ...sampled.map(({ name }) => sampleCount(model, name)));
  const latents = model.latents.map(({ name }) => lowerLatent(model, name, most));
  const samples = sampled.map((network) => lowerSample(model, network));
  const evaluations = model.evaluations.map((evaluation) => lowerEvaluation(model, evaluation));
  const builders = parts.flatMap(({ program, lazily }) => [program, ...lazily.map((lazy) => lazy.program)]);
  return {
    set: programSet([
      lowerInit(model),
      ...builders,
      ...samples,
      ...latents,
      ...evaluations.map(({ program }) => program),
    ]),
    init: 'init',
    step: parts.map(({ program, lazily, ...part }) => ({
      program: program.name,
      ...part,
      lazily: lazily.map((lazy) => ({ every: lazy.every, program: lazy.program.name })),
    })),
    samples: samples.map(({ name }, index) => ({ network: sampled[index]!.name, program: name })),
    latents: latents.map(({ name }, index) => ({ latent: model.latents[index]!.name, program: name })),
    evaluations: evaluations.map(({ plan }) => plan),
    batch: training?.batch ?? most,
    stage: training?.stage ?? { label: null, start: 0, steps: 0, fade: 0 },
  };
}

/** The programs of a step: one per update, or one for all; and those that take their place where penalties are due. */
function stepParts(model: Model, training: Training, isShared: boolean, updated: UpdatesBefore) {
  const all = isShared ? [training.updates] : training.updates.map((plan) => [plan]);
  return all.map((plans) => {
    const write = (due: readonly number[]) =>
      isShared
        ? lowerSharedStep(model, training, due, updated)
        : lowerUpdate(model, training, plans[0]!, due, updated);
    return {
      program: write([]),
      times: isShared ? 1 : plainTimes(plans[0]!.times),
      losses: plans.flatMap((plan) => shownNames(training, plan)),
      lazily: dueTogether(intervalsOf(training, plans)).map((every) => ({ every, program: write(every) })),
    };
  });
}

/** All programs over the state that any of them reads or writes. */
function programSet(builders: readonly Builder[]): ProgramSet {
  const state = new Map<string, StateVariable>();
  for (const builder of builders) for (const [path, variable] of builder.state) state.set(path, variable);
  return {
    version: PROGRAM_VERSION,
    state: [...state.values()],
    programs: Object.fromEntries(builders.map((builder) => [builder.name, builder.finish()])),
  };
}
