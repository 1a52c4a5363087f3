import type { GraphNode, Model } from '../3-check/model.ts';
import { averagedNetworks } from './averages.ts';
import type { Flow } from './graph.ts';
import { Passes } from './passes.ts';
import { Scope } from './scope.ts';

/** A graph as one program writes it with networks as they are used: averaged weights, moving statistics, no dropout. */
export function sampleFlow(name: string, model: Model, batch: number, nodes: readonly GraphNode[]): Flow {
  const scope = new Scope(name, model, { batch, training: false, averaged: averagedNetworks(model) });
  return {
    scope,
    passes: new Passes(scope),
    nodes,
    ports: new Map(),
    values: new Map(),
    network: null,
    training: false,
    moves: () => new Set(),
    reference: null,
  };
}
