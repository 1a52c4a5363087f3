import type { GraphNode, GraphOp, Model, Network } from '../model.ts';

export type LayerNode = GraphNode & { readonly op: Extract<GraphOp, { kind: 'layer' }> };

/** The layers of a network, and of the networks that it uses, each network once. */
export function layersOf(model: Model, name: string, seen = new Set<string>()): LayerNode[] {
  if (seen.has(name)) return [];
  seen.add(name);
  const network = model.networks.find((candidate) => candidate.name === name);
  return network ? layersInGraph(model, network.graph, seen) : [];
}

export function layersInGraph(
  model: Model,
  graph: readonly GraphNode[],
  seen = new Set<string>(),
): LayerNode[] {
  return graph.flatMap((node) => {
    if (isLayer(node)) return [node];
    return node.op.kind === 'call' ? layersOf(model, node.op.network, seen) : [];
  });
}

export function isLayer(node: GraphNode): node is LayerNode {
  return node.op.kind === 'layer';
}

/** How often each node of a network is used, by other nodes and as an output. */
export function usesIn({ graph, outputs }: Network): readonly number[] {
  const uses = new Array<number>(graph.length).fill(0);
  for (const { inputs } of graph) for (const input of inputs) uses[input]!++;
  for (const { node } of outputs) uses[node]!++;
  return uses;
}

/** Layers that only move numbers, so that what stands before them still decides about the values. */
export const MOVES: ReadonlySet<string> = new Set([
  'flatten',
  'reshape',
  'crop',
  'pixel_shuffle',
  'pixel_unshuffle',
  'pick_frames',
  'upsample',
]);

/** The layer that decides which values an output may have: the last one that does more than move numbers. */
export function decidingLayer(network: Network, output: number): LayerNode | null {
  let node = network.graph[output];
  while (node) {
    const { kind } = node.op;
    const passes =
      kind === 'unfold_time' || kind === 'fold_time' || (isLayer(node) && MOVES.has(node.op.layer.name));
    if (!passes) return isLayer(node) ? node : null;
    node = network.graph[node.inputs[0]!];
  }
  return null;
}
