import type { Model, Weight } from '../3-check/model.ts';
import { holdOf } from '../constraints/hold.ts';
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
      // It is made of the weight beside it, once that is drawn.
      if (weight.initial.kind === 'beside') continue;
      scope.builder.within(`init ${weight.path}`, () => {
        const value = initialValue(scope, weight);
        if (weight.kind === 'weight') trained(network.name, weight.path, value);
        else scope.write(weight.path, value, { role: 'statistic' });
        const hold = holdOf(weight);
        if (!hold) return;
        const pathOf = (name: string) => constraintPath(weight.path, hold.constraint.name, name);
        for (const { name, shape } of hold.constraint.state(hold.matrix)) {
          scope.write(pathOf(name), scope.normal(shape, pathOf(name)), { role: 'statistic' });
        }
        for (const { name, initial } of hold.constraint.trained?.(hold.matrix) ?? []) {
          trained(network.name, pathOf(name), initial(value, hold.outputAxis));
        }
      });
    }
  }
  for (const { name, start } of model.training?.states ?? []) {
    scope.write(carriedPath(name), t.constant(scope.builder, start), { role: 'statistic' });
  }
  return scope.builder;

  function trained(network: string, path: string, value: t.Value): void {
    scope.write(path, value, { role: 'weight' });
    if (averaged.has(network)) scope.write(averagePath(path), value, { role: 'ema' });
  }
}

function initialValue(scope: Scope, weight: Weight): t.Value {
  const { initial, path, shape, outputAxis = shape.length - 1 } = weight;
  switch (initial.kind) {
    case 'constant':
      return t.constant(scope.builder, initial.value, shape);
    case 'distribution':
      return drawFrom(scope, initial.call, shape, path);
    case 'kernel':
      return drawFrom(
        scope,
        initial.own ??
          holdOf(weight)?.constraint.initial ??
          scope.model.training?.init ??
          DEFAULT_INITIALISER,
        shape,
        path,
        { ...initial, outputAxis },
      );
    case 'beside':
      throw new Error(`${path} is made with the weight beside it`);
    case 'file':
    case 'values':
      throw new Error(`${path} is frozen: whoever opens a session hands it over`);
  }
}
