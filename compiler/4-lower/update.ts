import type { Model, StatePlan, Training, UpdatePlan } from '../3-check/model.ts';
import * as t from '../tensor/index.ts';
import { clipGradients } from './clip.ts';
import { type Gradient, gradientsOf, lossName } from './gradients-of.ts';
import { type Flow, lowerNode } from './graph.ts';
import { lossAhead } from './lookahead.ts';
import { countOf, keeper, moving, stepped, store } from './optimize-weight.ts';
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
  const gradients = differentiate(flow, training, plan, updated);
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
  const found = training.updates.map((plan) => [plan, differentiate(flow, training, plan, updated)] as const);
  for (const plan of training.updates) carry(flow, training, plan);
  for (const [plan, gradients] of found) move(flow.scope, plan, gradients, updated);
  return flow.scope.builder;
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

/** The gradients of a loss, which is also shown. */
function differentiate(
  flow: Flow,
  training: Training,
  plan: UpdatePlan,
  updated: UpdatesBefore,
): readonly Gradient[] {
  const loss = lossAhead(flow, training, plan, updated);
  flow.scope.builder.output(lossName(plan), loss);
  return gradientsOf(flow.scope, plan, loss);
}

function move(scope: Scope, plan: UpdatePlan, gradients: readonly Gradient[], updated: UpdatesBefore): void {
  const { builder } = scope;
  const { ema, name } = plan;
  const clipped = clipGradients(
    scope,
    plan,
    gradients.map(({ gradient }) => gradient),
  );
  for (const [index, { weight, value }] of gradients.entries()) {
    const there = builder.within(`${plan.optimizer.optimizer.name} ${name}`, () => {
      // Where an earlier update of the same program has moved the weight, this one goes on from there.
      const from = moving(scope, plan, weight, builder.assigned(weight.path) ?? value);
      const count = countOf(scope, updated(keeper(scope.model, plan, weight), weight));
      return stepped(scope, plan, from, clipped[index]!, count);
    });
    store(scope, plan, there);
    if (ema === null) continue;
    builder.within(`ema ${name}`, () => {
      const path = averagePath(weight.path);
      const average = builder.assigned(path) ?? scope.read(path, weight.shape, { role: 'ema' });
      const share = typeof ema === 'number' ? 1 - ema : t.sub(1, scope.scalar(ema));
      scope.write(path, t.add(average, t.mul(t.sub(there.value, average), share)), { role: 'ema' });
    });
  }
}
