import type { Network } from '../3-check/model.ts';
import * as t from '../tensor/index.ts';
import { fewestExamples } from './fewest-examples.ts';
import type { Scope } from './scope.ts';
import { referencePath } from './state-paths.ts';

/** Whether a layer of the network compares examples with a batch that is kept. */
export function needsReference({ graph }: Network): boolean {
  return graph.some(({ op }) => op.kind === 'layer' && op.layer.usesReference);
}

/**
 * What the network is given in its pass over the reference batch, one value per port: the first examples that it was
 * trained on, kept in the state, as many as every pass in training has. As long as none are kept, they are those of this
 * program's first pass.
 */
export function referenceInputs(scope: Scope, network: Network, inputs: readonly t.Value[]): t.Value[] {
  const batch = scope.model.training?.batch ?? 1;
  const count = Math.min(batch, fewestExamples(scope.model).get(network.name) ?? batch);
  const isKept = scope.read(referencePath(network.name, 'is_kept'), [], { role: 'statistic' });
  const canKeep = scope.trains.has(network.name) && inputs.every(({ shape }) => shape[0]! >= count);
  const values = network.ports.map(({ name, type }, index) => {
    const path = referencePath(network.name, name);
    const kept = scope.read(path, [count, ...type.shape], { role: 'statistic' });
    if (!canKeep) return kept;
    const { shape } = inputs[index]!;
    const first = t.slice(
      inputs[index]!,
      shape.map(() => 0),
      shape.with(0, count),
    );
    // Labels are kept as numbers too.
    const now = t.stopGradient(t.cast(first, 'f32'));
    const next = t.select(t.greater(isKept, 0), kept, now);
    scope.write(path, next, { role: 'statistic' });
    return next;
  });
  if (canKeep)
    scope.write(referencePath(network.name, 'is_kept'), t.constant(scope.builder, 1), { role: 'statistic' });
  return values.map((value, index) =>
    network.ports[index]!.type.label === null ? value : t.cast(value, 'i32'),
  );
}
