import type { Model, Training, UpdatePlan, Weight } from '../3-check/model.ts';
import * as t from '../tensor/index.ts';
import { type Flow, lowerNode } from './graph.ts';
import { optimize } from './optimize-weight.ts';
import type { Scope } from './scope.ts';
import { averagePath } from './state-paths.ts';
import { trainingFlow } from './training-flow.ts';

/** One program per update: its loss, the gradients, and the weights moved. */
export function lowerUpdate(model: Model, training: Training, plan: UpdatePlan): t.Builder {
  const flow = trainingFlow(`update.${plan.name}`, model, training, [plan]);
  move(flow.scope, plan, differentiate(flow, plan));
  return flow.scope.builder;
}

/** `draw: shared`: one program for all updates; every gradient is taken before any weight moves. */
export function lowerSharedStep(model: Model, training: Training): t.Builder {
  const flow = trainingFlow('step', model, training, training.updates);
  const found = training.updates.map((plan) => [plan, differentiate(flow, plan)] as const);
  for (const [plan, gradients] of found) move(flow.scope, plan, gradients);
  return flow.scope.builder;
}

export function lossName(plan: UpdatePlan): string {
  return `loss ${plan.name}`;
}

interface Gradient {
  readonly weight: Weight;
  readonly value: t.Value;
  readonly gradient: t.Value;
}

/** The gradients of a loss for every weight of the updated networks that the loss rests on. */
function differentiate(flow: Flow, plan: UpdatePlan): Gradient[] {
  const { scope } = flow;
  const { builder } = scope;
  const loss = builder.within(lossName(plan), () => lowerNode(flow, plan.loss));
  builder.output(lossName(plan), loss);
  const weights = scope.model.networks
    .filter(({ name }) => plan.networks.includes(name))
    .flatMap((network) => network.weights)
    .flatMap((weight) => {
      const value = weight.kind === 'weight' ? scope.used.get(weight.path) : undefined;
      return value ? [{ weight, value }] : [];
    });
  const gradients = builder.within(lossName(plan), () =>
    t.gradients(
      loss,
      weights.map(({ value }) => value),
    ),
  );
  return weights.map((entry, index) => ({ ...entry, gradient: gradients[index]! }));
}

function move(scope: Scope, plan: UpdatePlan, gradients: readonly Gradient[]): void {
  const { builder } = scope;
  for (const { weight, value, gradient } of gradients) {
    // Where an earlier update of the same program has moved the weight, this one goes on from there.
    const from = builder.assigned(weight.path) ?? value;
    const moved = builder.within(`${plan.optimizer.optimizer.name} ${plan.name}`, () => {
      const there = optimize(scope, plan, weight, from, gradient);
      return weight.lr === 1 ? there : t.add(from, t.mul(t.sub(there, from), weight.lr));
    });
    scope.write(weight.path, moved, { role: 'weight' });
    if (plan.ema === null) continue;
    const { ema } = plan;
    builder.within(`ema ${plan.name}`, () => {
      const path = averagePath(weight.path);
      const average = builder.assigned(path) ?? scope.read(path, weight.shape, { role: 'ema' });
      scope.write(path, t.add(average, t.mul(t.sub(moved, average), 1 - ema)), { role: 'ema' });
    });
  }
}
