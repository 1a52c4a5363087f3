import { allNetworks, type GraphNode, type Model } from './model.ts';

/** Networks that are used beneath a node, those inside penalties and inside other networks included. */
export function networksBeneath(
  model: Model,
  graph: readonly GraphNode[],
  index: number,
): ReadonlySet<string> {
  const names = new Set<string>();
  const nodes = new Set([index]);
  for (const node of nodes) {
    const { op, inputs } = graph[node]!;
    for (const input of inputs) nodes.add(input);
    if (op.kind === 'call' || op.kind === 'weight_penalty') names.add(op.network);
    if (op.kind === 'penalty') for (const name of networksIn(op.critic.graph)) names.add(name);
  }
  const graphs = new Map(allNetworks(model).map((network) => [network.name, network.graph]));
  for (const name of names) for (const inner of networksIn(graphs.get(name)!)) names.add(inner);
  return names;
}

/** Names of the networks that a graph uses. */
export function networksIn(graph: readonly GraphNode[]): string[] {
  return graph.flatMap(({ op }) => (op.kind === 'call' ? [op.network] : []));
}
