import type { Model, Training, UpdatePlan } from '../3-check/model.ts';
import { neededFor } from '../3-check/needed-for.ts';
import type { Flow } from './graph.ts';
import { Passes } from './passes.ts';
import { Scope } from './scope.ts';

/**
 * The graph of `train` as one program writes it, for one update or for all of them. Moving statistics of a
 * network move at the uses that some update training that network rests on.
 */
export function trainingFlow(
  name: string,
  model: Model,
  training: Training,
  updates: readonly UpdatePlan[],
  due: readonly number[],
): Flow {
  const scope = new Scope(due.length > 0 ? `${name} every ${due.join(' and ')}` : name, model, {
    due,
    // One for all that share a draw.
    batch: updates[0]?.batch ?? training.batch,
    training: true,
    trains: new Set(updates.flatMap(({ networks }) => networks)),
  });
  const movesAt = new Map<number, Set<string>>();
  for (const { loss, networks } of updates) {
    for (const node of neededFor(training.graph, loss)) {
      const moves = movesAt.get(node) ?? new Set();
      for (const network of networks) moves.add(network);
      movesAt.set(node, moves);
    }
  }
  return {
    scope,
    passes: new Passes(scope),
    nodes: training.graph,
    ports: new Map(),
    values: new Map(),
    network: null,
    training: true,
    moves: (node) => movesAt.get(node) ?? new Set(),
    reference: null,
  };
}
