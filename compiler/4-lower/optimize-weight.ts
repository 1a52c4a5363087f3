import type { Model, ScheduledNumber, UpdatePlan, Weight } from '../3-check/model.ts';
import * as t from '../tensor/index.ts';
import { within } from './clip.ts';
import type { Scope } from './scope.ts';
import { slotPath } from './state-paths.ts';

/** A weight somewhere on its way, with what its optimizer keeps for it there. */
export interface Moving {
  readonly weight: Weight;
  readonly value: t.Value;
  readonly slots: Readonly<Record<string, t.Value>>;
}

/** A weight at `value`, with what the optimizer of an update has kept for it so far. */
export function moving(scope: Scope, plan: UpdatePlan, weight: Weight, value: t.Value): Moving {
  const owner = keeper(scope.model, plan, weight);
  const slots = plan.optimizer.optimizer
    .slots(optionsOf(plan))
    .map((name) => [name, scope.read(slotPath(owner, weight.path, name), weight.shape, { role: 'slot' })]);
  return { weight, value, slots: Object.fromEntries(slots) };
}

/**
 * Where one step of an update takes a weight: as its optimizer says, as far as `lr` of the layer lets it, and no
 * further than `clip_weights`. It is the `count`-th step of the weight.
 */
export function stepped(
  scope: Scope,
  plan: UpdatePlan,
  { weight, value, slots }: Moving,
  gradient: t.Value,
  count: t.Value,
): Moving {
  const { builder } = scope;
  const { optimizer } = plan.optimizer;
  const options = optionsOf(plan);
  const next = builder.within(`${optimizer.name} ${plan.name}`, () => {
    const free = optimizer.update({
      weight: value,
      gradient,
      slots,
      option: (name) => scope.scalar(options.get(name) as ScheduledNumber),
      flag: (name) => options.get(name) === true,
      count,
    });
    if (weight.lr === 1) return free;
    return { ...free, weight: t.add(value, t.mul(t.sub(free.weight, value), weight.lr)) };
  });
  const clipped = builder.within(`clip ${plan.name}`, () => within(scope, next.weight, plan.clip.weights));
  return { weight, value: clipped, slots: next.slots };
}

/** Makes the way so far that of the state. */
export function store(scope: Scope, plan: UpdatePlan, { weight, value, slots }: Moving): void {
  const owner = keeper(scope.model, plan, weight);
  for (const [name, slot] of Object.entries(slots)) {
    scope.write(slotPath(owner, weight.path, name), slot, { role: 'slot' });
  }
  scope.write(weight.path, value, { role: 'weight' });
}

/** How often a program has run in this stage, this run included, and `before` more. */
export function countOf({ builder }: Scope, before: number): t.Value {
  const name = before === 0 ? 'count' : `count after ${before}`;
  const from = before === 0 ? { kind: 'count' as const } : { kind: 'count' as const, before };
  return t.input(builder, { name, shape: [], dtype: 'f32', from });
}

/** Whose slots these are: the optimizer's, and the update's too where several updates train one network. */
export function keeper(model: Model, plan: UpdatePlan, { path }: Weight): string {
  const network = path.slice(0, path.indexOf('/'));
  const trainers = model.training!.updates.filter(({ networks }) => networks.includes(network));
  const { name } = plan.optimizer.optimizer;
  return trainers.length > 1 ? `${name} ${plan.name}` : name;
}

function optionsOf({ optimizer: { optimizer, options } }: UpdatePlan): ReadonlyMap<string, unknown> {
  const usual = optimizer.arguments.map((argument) => [argument.name, argument.default] as const);
  return new Map<string, unknown>([...usual, ...options]);
}
