import type { Model, ScheduledNumber, UpdatePlan, Weight } from '../3-check/model.ts';
import * as t from '../tensor/index.ts';
import type { Scope } from './scope.ts';
import { slotPath } from './state-paths.ts';
import type { UpdatesBefore } from './updates-before.ts';

interface Move {
  readonly plan: UpdatePlan;
  readonly weight: Weight;
  /** The weight as it is. */
  readonly value: t.Value;
  readonly gradient: t.Value;
  readonly updated: UpdatesBefore;
}

/** Writes one step of the optimizer for one weight, and returns where the weight goes. */
export function optimize(scope: Scope, { plan, weight, value, gradient, updated }: Move): t.Value {
  const { optimizer, options: given } = plan.optimizer;
  const options = new Map<string, unknown>(
    optimizer.arguments.map(({ name, default: usual }) => [name, usual]),
  );
  for (const [name, value] of given) options.set(name, value);
  const owner = keeper(scope.model, plan, weight);
  const slots = optimizer.slots(options).map((name) => {
    const path = slotPath(owner, weight.path, name);
    return [name, { path, value: scope.read(path, weight.shape, { role: 'slot' }) }] as const;
  });
  const moved = optimizer.update({
    weight: value,
    gradient,
    slots: Object.fromEntries(slots.map(([name, slot]) => [name, slot.value])),
    option: (name) => scope.scalar(options.get(name) as ScheduledNumber),
    flag: (name) => options.get(name) === true,
    count: countOf(scope, updated(owner, weight)),
  });
  for (const [name, { path }] of slots) scope.write(path, moved.slots[name]!, { role: 'slot' });
  return moved.weight;
}

/** How often a weight has been updated: `before` in earlier stages, and at every run of the program since. */
function countOf({ builder }: Scope, before: number): t.Value {
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
