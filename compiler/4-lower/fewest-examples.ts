import { allNetworks, type GraphNode, type Model } from '../3-check/model.ts';

/**
 * How many examples training gives each network at least, where it gives any: packs are fewer than the examples
 * in them, frames are more than their clips.
 */
export function fewestExamples(model: Model): ReadonlyMap<string, number> {
  const networks = new Map(allNetworks(model).map((network) => [network.name, network]));
  const fewest = new Map<string, number>();

  /** The number of examples at each node of a graph. */
  const walk = (
    graph: readonly GraphNode[],
    atPort: (port: string) => number,
    atSource: number,
  ): number[] => {
    const counts: number[] = [];
    for (const { op, inputs } of graph) {
      const batched = inputs.filter((input) => graph[input]!.type.batched);
      // What belongs to a pack counts for each of its examples.
      const given = batched.length > 0 ? Math.max(...batched.map((input) => counts[input]!)) : atSource;
      counts.push(given);
      const at = counts.length - 1;
      if (op.kind === 'port') counts[at] = atPort(op.port);
      else if (op.kind === 'layer') counts[at] = Math.ceil(given / (op.layer.joins?.(op.args) ?? 1));
      else if (op.kind === 'fold_time') counts[at] = given * op.frames;
      else if (op.kind === 'unfold_time') counts[at] = given / op.frames;
      else if (op.kind === 'call') {
        const network = networks.get(op.network)!;
        fewest.set(network.name, Math.min(given, fewest.get(network.name) ?? Infinity));
        const inside = walk(network.graph, () => given, given);
        const { node } = network.outputs.find(({ name }) => name === op.output) ?? network.outputs[0]!;
        counts[at] = inside[node]!;
      } else if (op.kind === 'penalty') {
        const captured = new Map(
          op.critic.captures.map((port, index) => [
            port,
            counts[inputs[op.penalty.tensors.length + index]!]!,
          ]),
        );
        const tried = counts[inputs[0]!]!;
        walk(op.critic.graph, (port) => captured.get(port) ?? tried, tried);
      }
    }
    return counts;
  };

  const { training } = model;
  if (training) walk(training.graph, () => training.batch, training.batch);
  return fewest;
}
