import type { Model, Weight } from '../3-check/model.ts';
import { constraints } from '../constraints/index.ts';
import type { Initial } from '../layers/layer.ts';
import * as t from '../tensor/index.ts';
import { averagedNetworks } from './averages.ts';
import { DEFAULT_INITIALISER, drawFrom } from './draw.ts';
import { Scope } from './scope.ts';
import { averagePath, carriedPath, constraintPath } from './state-paths.ts';

/**
 * The program that fills the state at first: weights as they are drawn, averaged copies equal to them, carried
 * numbers at their start. What it does not write (the slots of optimizers) starts at zero.
 */
export function lowerInit(model: Model): t.Builder {
  const scope = new Scope('init', model, { batch: 1, training: true });
  const averaged = averagedNetworks(model);
  for (const network of model.networks) {
    for (const weight of network.weights) {
      scope.builder.within(`init ${weight.path}`, () => {
        const value = initialValue(scope, weight, weight.initial);
        scope.write(weight.path, value, { role: weight.kind === 'weight' ? 'weight' : 'statistic' });
        if (weight.kind === 'weight' && averaged.has(network.name)) {
          scope.write(averagePath(weight.path), value, { role: 'ema' });
        }
        initConstraint(scope, weight);
      });
    }
  }
  for (const { name, start } of model.training?.states ?? []) {
    scope.write(carriedPath(name), t.constant(scope.builder, start), { role: 'statistic' });
  }
  return scope.builder;
}

function initialValue(
  scope: Scope,
  { path, shape, constraint, outputAxis }: Weight,
  initial: Initial,
): t.Value {
  const held = constraints.find(({ name }) => name === constraint?.name);
  switch (initial.kind) {
    case 'constant':
      return t.constant(scope.builder, initial.value, shape);
    case 'distribution':
      return drawFrom(scope, initial.call, shape, path);
    case 'kernel':
      return drawFrom(
        scope,
        initial.own ?? held?.initial ?? scope.model.training?.init ?? DEFAULT_INITIALISER,
        shape,
        path,
        { ...initial, outputAxis: outputAxis ?? shape.length - 1 },
      );
    case 'file':
    case 'values':
      throw new Error(`${path} is frozen: whoever opens a session hands it over`);
  }
}

function initConstraint(scope: Scope, { path, shape, constraint: call, outputAxis }: Weight): void {
  if (!call) return;
  const { name, state } = constraints.find((constraint) => constraint.name === call.name)!;
  const columns = shape[outputAxis ?? shape.length - 1]!;
  for (const vector of state([t.sizeOf(shape) / columns, columns])) {
    const at = constraintPath(path, name, vector.name);
    scope.write(at, scope.normal(vector.shape, at), { role: 'statistic' });
  }
}
