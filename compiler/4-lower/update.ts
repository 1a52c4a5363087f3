import type { Model, ScheduledNumber, StatePlan, Training, UpdatePlan, Weight } from '../3-check/model.ts';
import * as t from '../tensor/index.ts';
import { type Flow, lowerNode } from './graph.ts';
import { optimize } from './optimize-weight.ts';
import type { Scope } from './scope.ts';
import { averagePath, carriedPath } from './state-paths.ts';
import { trainingFlow } from './training-flow.ts';
import type { UpdatesBefore } from './updates-before.ts';

/** One program per update: its loss, the gradients, and the weights moved. */
export function lowerUpdate(
  model: Model,
  training: Training,
  plan: UpdatePlan,
  due: readonly number[],
  updated: UpdatesBefore,
): t.Builder {
  const flow = trainingFlow(`update.${plan.name}`, model, training, [plan], due);
  const gradients = differentiate(flow, plan);
  carry(flow, training, plan);
  move(flow.scope, plan, gradients, updated);
  return flow.scope.builder;
}

/** `draw: shared`: one program for all updates; every gradient is taken before any weight moves. */
export function lowerSharedStep(
  model: Model,
  training: Training,
  due: readonly number[],
  updated: UpdatesBefore,
): t.Builder {
  const flow = trainingFlow('step', model, training, training.updates, due);
  const found = training.updates.map((plan) => [plan, differentiate(flow, plan)] as const);
  for (const plan of training.updates) carry(flow, training, plan);
  for (const [plan, gradients] of found) move(flow.scope, plan, gradients, updated);
  return flow.scope.builder;
}

export function lossName(plan: UpdatePlan): string {
  return `loss ${plan.name}`;
}

/** The numbers of an update to show: its loss, and what training carries along in it. */
export function shownNames({ states }: Training, plan: UpdatePlan): string[] {
  return [lossName(plan), ...carriedIn(states, plan).map(({ name }) => name)];
}

function carriedIn(states: readonly StatePlan[], { name }: UpdatePlan): readonly StatePlan[] {
  return states.filter(({ update }) => update === name);
}

/** Numbers that training carries along move by what an update saw, before its weights move. */
function carry(flow: Flow, { states }: Training, plan: UpdatePlan): void {
  const { scope } = flow;
  for (const { name, next } of carriedIn(states, plan)) {
    const value = scope.builder.within(`state ${name}`, () => lowerNode(flow, next));
    scope.write(carriedPath(name), value, { role: 'statistic' });
    scope.builder.output(name, value);
  }
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

function move(scope: Scope, plan: UpdatePlan, gradients: readonly Gradient[], updated: UpdatesBefore): void {
  const { builder } = scope;
  const { ema, clip, optimizer, name } = plan;
  const clipped = builder.within(`clip ${name}`, () => clipGradients(scope, clip, gradients));
  for (const { weight, value, gradient } of clipped) {
    // Where an earlier update of the same program has moved the weight, this one goes on from there.
    const from = builder.assigned(weight.path) ?? value;
    const free = builder.within(`${optimizer.optimizer.name} ${name}`, () => {
      const there = optimize(scope, { plan, weight, value: from, gradient, updated });
      return weight.lr === 1 ? there : t.add(from, t.mul(t.sub(there, from), weight.lr));
    });
    const moved = builder.within(`clip ${name}`, () => within(scope, free, clip.weights));
    scope.write(weight.path, moved, { role: 'weight' });
    if (ema === null) continue;
    builder.within(`ema ${name}`, () => {
      const path = averagePath(weight.path);
      const average = builder.assigned(path) ?? scope.read(path, weight.shape, { role: 'ema' });
      const share = typeof ema === 'number' ? 1 - ema : t.sub(1, scope.scalar(ema));
      scope.write(path, t.add(average, t.mul(t.sub(moved, average), share)), { role: 'ema' });
    });
  }
}

/** Keeps the quotient finite where all gradients are zero; PyTorch has the same. */
const TINY = 1e-6;

/** Gradients within their bounds: first all of them together, then each number. */
function clipGradients(
  scope: Scope,
  { norm, gradients: each }: UpdatePlan['clip'],
  found: readonly Gradient[],
): readonly Gradient[] {
  if (found.length === 0 || (norm === null && each === null)) return found;
  const factor = norm === null ? null : shortening(scope, norm, found);
  return found.map(({ gradient, ...rest }) => {
    const shortened = factor ? t.mul(gradient, factor) : gradient;
    return { ...rest, gradient: within(scope, shortened, each) };
  });
}

/** What gradients are multiplied by, so that all of them together are no longer than `norm`. */
function shortening(scope: Scope, norm: ScheduledNumber, found: readonly Gradient[]): t.Value {
  const length = t.sqrt(t.addAll(found.map(({ gradient }) => t.sum(t.square(gradient)))));
  return t.minimum(t.div(scope.scalar(norm), t.add(length, TINY)), 1);
}

/** Every number of it between −bound and bound. */
function within(scope: Scope, x: t.Value, bound: ScheduledNumber | null): t.Value {
  if (bound === null) return x;
  const limit = scope.scalar(bound);
  return t.clip(x, t.neg(limit), limit);
}
