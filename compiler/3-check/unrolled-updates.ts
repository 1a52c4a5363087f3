import type { Model, Training, UpdatePlan } from './model.ts';
import { networksBeneath } from './networks-beneath.ts';

/** The updates that `unroll` looks ahead through: of the other networks that the loss passes through, as written. */
export function unrolledUpdates(
  model: Model,
  { graph, updates }: Training,
  plan: UpdatePlan,
): readonly UpdatePlan[] {
  if (plan.unroll === 0) return [];
  const passed = networksBeneath(model, graph, plan.loss);
  return updates.filter(({ networks }) =>
    networks.some((name) => passed.has(name) && !plan.networks.includes(name)),
  );
}
