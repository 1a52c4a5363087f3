import type { Model, ScheduledNumber, Stage, Weight } from '../3-check/model.ts';
import { TimesPerStep } from '../schedules/times.ts';
import { keeper } from './optimize-weight.ts';
import { plainTimes } from './plain-arguments.ts';

/** How often an optimizer has moved a weight in the stages before. */
export type UpdatesBefore = (owner: string, weight: Weight) => number;

/**
 * Counts the updates of each weight that goes on from earlier stages, for optimizers that correct their averages by
 * the count: what a stage brings begins at none, however late it comes. A weight goes on where the stage before has
 * one of the same path and shape that the same optimizer moves; its slots go on with it.
 */
export function updatesBefore(model: Model, earlier: readonly Model[]): UpdatesBefore {
  let counts = new Map<string, number>();
  for (const [index, before] of earlier.entries()) {
    const next = index + 1 < earlier.length ? earlier[index + 1]! : model;
    const kept = new Set(movedWeights(next).map(({ key }) => key));
    const { stage } = before.training!;
    counts = new Map(
      movedWeights(before).flatMap(({ key, times }) =>
        kept.has(key) ? [[key, (counts.get(key) ?? 0) + runsIn(times, stage)] as const] : [],
      ),
    );
  }
  return (owner, weight) => counts.get(keyOf(owner, weight)) ?? 0;
}

function runsIn(times: ScheduledNumber, stage: Stage): number {
  return new TimesPerStep(plainTimes(times), stage).before(stage.start + stage.steps);
}

function movedWeights(model: Model): { readonly key: string; readonly times: ScheduledNumber }[] {
  return model.training!.updates.flatMap((plan) =>
    model.networks
      .filter(({ name }) => plan.networks.includes(name))
      .flatMap(({ weights }) => weights)
      .filter(({ kind }) => kind === 'weight')
      .map((weight) => ({ key: keyOf(keeper(model, plan, weight), weight), times: plan.times })),
  );
}

function keyOf(owner: string, { path, shape }: Weight): string {
  return `${owner}/${path} [${shape.join()}]`;
}
