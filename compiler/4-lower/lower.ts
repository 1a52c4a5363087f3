import type { Model } from '../3-check/model.ts';
import { type Builder, PROGRAM_VERSION, type ProgramSet, type StateVariable } from '../tensor/index.ts';
import type { Compiled } from './compiled.ts';
import { lowerInit } from './init.ts';
import { lowerLatent, lowerSample, sampleCount, sampledNetworks } from './sample.ts';
import { lowerSharedStep, lowerUpdate, shownNames } from './update.ts';

/**
 * Writes a checked model as tensor programs:
 *
 *   init          draws the weights
 *   update.D      one per update: loss, gradients, optimizer — or all in one, `step`, with `draw: shared`
 *   sample.G      one per generator
 *   latent.z      one per latent, to draw what sample programs take
 */
export function lower(model: Model): Compiled {
  const { training } = model;
  const isShared = training?.draw === 'shared';
  const updates = !training
    ? []
    : isShared
      ? [lowerSharedStep(model, training)]
      : training.updates.map((plan) => lowerUpdate(model, training, plan));
  const sampled = sampledNetworks(model);
  const most = Math.max(1, ...sampled.map(({ name }) => sampleCount(model, name)));
  const latents = model.latents.map(({ name }) => lowerLatent(model, name, most));
  const samples = sampled.map((network) => lowerSample(model, network));
  const shown = training?.updates.map((plan) => shownNames(training, plan)) ?? [];
  return {
    set: programSet([lowerInit(model), ...updates, ...samples, ...latents]),
    init: 'init',
    step: updates.map(({ name }, index) => ({
      program: name,
      times: isShared ? 1 : training!.updates[index]!.times,
      losses: isShared ? shown.flat() : shown[index]!,
    })),
    samples: samples.map(({ name }, index) => ({ network: sampled[index]!.name, program: name })),
    latents: latents.map(({ name }, index) => ({ latent: model.latents[index]!.name, program: name })),
    batch: training?.batch ?? most,
    steps: training?.steps ?? 0,
  };
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
