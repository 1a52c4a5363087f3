import type { Training, UpdatePlan } from '../3-check/model.ts';
import { unrolledUpdates } from '../3-check/unrolled-updates.ts';
import * as t from '../tensor/index.ts';
import { clipGradients } from './clip.ts';
import { type Gradient, gradientsOf, lossName } from './gradients-of.ts';
import { type Flow, lowerNode } from './graph.ts';
import { countOf, keeper, type Moving, moving, stepped } from './optimize-weight.ts';
import type { Scope } from './scope.ts';
import type { UpdatesBefore } from './updates-before.ts';

/** An update whose steps are looked ahead through. */
interface Ahead {
  readonly update: UpdatePlan;
  /** Where the weights are now: what the gradients of further steps are made of. */
  readonly gradients: readonly Gradient[];
  /** Where its steps have led so far, in the order of the gradients. */
  moving: readonly Moving[];
}

/**
 * The loss of an update as it will be after `unroll` more steps of the other networks that it passes through. Every
 * step is an ordinary value: the loss is differentiated through all of them, and none is stored. Only weights and what
 * optimizers keep for them move; whatever is drawn, and all else in the state, is the same in every step.
 */
export function lossAhead(flow: Flow, training: Training, plan: UpdatePlan, updated: UpdatesBefore): t.Value {
  const { scope } = flow;
  const lossNow = (update: UpdatePlan) =>
    scope.builder.within(lossName(update), () => lowerNode(flow, update.loss));
  const loss = lossNow(plan);
  const others = unrolledUpdates(scope.model, training, plan).map((update): Ahead => {
    const gradients = gradientsOf(scope, update, lossNow(update));
    return {
      update,
      gradients,
      moving: gradients.map(({ weight, value }) => moving(scope, update, weight, value)),
    };
  });
  // As in training: one update after the other, or all from the same weights.
  const rounds = training.draw === 'shared' ? [others] : others.map((one) => [one]);
  /** Where each weight is by now, by the id of what it is in the program. */
  const ahead = new Map<number, t.Value>();
  for (let step = 1; step <= plan.unroll; step++) {
    for (const round of rounds) {
      const slopes = round.map(({ gradients }) =>
        t.substitute(
          gradients.map(({ gradient }) => gradient),
          ahead,
        ),
      );
      for (const [index, one] of round.entries()) {
        one.moving = move(one, slopes[index]!, step);
      }
    }
  }
  return t.substitute([loss], ahead)[0]!;

  function move({ update, gradients, moving: before }: Ahead, slopes: readonly t.Value[], step: number) {
    const clipped = clipGradients(scope, update, slopes);
    const sofar = stepsSoFar(scope, training, plan, update);
    return before.map((from, index) => {
      const { weight, value } = gradients[index]!;
      const earlier = updated(keeper(scope.model, update, weight), weight);
      const at = { ...from, value: ahead.get(value.id) ?? value };
      const there = stepped(scope, update, at, clipped[index]!, t.add(sofar, earlier + step));
      if (!isOwn(plan, there.weight.path)) ahead.set(value.id, there.value);
      return there;
    });
  }
}

function isOwn({ networks }: UpdatePlan, path: string): boolean {
  return networks.some((name) => path.startsWith(`${name}/`));
}

/** How often another update has run in this stage when the program of `plan` runs. */
function stepsSoFar(scope: Scope, { draw, updates }: Training, plan: UpdatePlan, other: UpdatePlan): t.Value {
  const runs = t.sub(countOf(scope, 0), 1);
  const [times, others] = [timesOf(plan), timesOf(other)];
  const steps = times === 1 ? runs : t.floor(t.div(runs, times));
  const isBefore = draw === 'fresh' && updates.indexOf(other) < updates.indexOf(plan);
  return t.add(t.mul(steps, others), isBefore ? others : 0);
}

function timesOf({ name, times }: UpdatePlan): number {
  if (typeof times === 'number') return times;
  throw new Error(`how often ${name} runs is a schedule, so that its steps cannot be counted here`);
}
