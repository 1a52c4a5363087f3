import type { UpdatePlan, Weight } from '../3-check/model.ts';
import * as t from '../tensor/index.ts';
import type { Scope } from './scope.ts';

export interface Gradient {
  readonly weight: Weight;
  readonly value: t.Value;
  readonly gradient: t.Value;
}

/** The gradients of a loss for every weight of the updated networks that the program has used. */
export function gradientsOf({ builder, model, used }: Scope, plan: UpdatePlan, loss: t.Value): Gradient[] {
  const weights = model.networks
    .filter(({ name }) => plan.networks.includes(name))
    .flatMap((network) => network.weights)
    .flatMap((weight) => {
      const value = weight.kind === 'weight' ? used.get(weight.path) : undefined;
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

export function lossName({ name }: UpdatePlan): string {
  return `loss ${name}`;
}
