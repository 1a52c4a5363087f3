import { allNetworks, type GraphNode, type Model } from '../3-check/model.ts';
import { neededFor } from '../3-check/needed-for.ts';

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
    wanted: Iterable<number> = graph.keys(),
  ): number[] => {
    const counts: number[] = [];
    for (const index of wanted) {
      const { op, inputs } = graph[index]!;
      const batched = inputs.filter((input) => graph[input]!.type.batched);
      // What belongs to a pack counts for each of its examples.
      const given = batched.length > 0 ? Math.max(...batched.map((input) => counts[input]!)) : atSource;
      counts[index] = given;
      if (op.kind === 'port') counts[index] = atPort(op.port);
      else if (op.kind === 'layer') counts[index] = Math.ceil(given / (op.layer.joins?.(op.args) ?? 1));
      else if (op.kind === 'fold_time') counts[index] = given * op.frames;
      else if (op.kind === 'unfold_time') counts[index] = given / op.frames;
      else if (op.kind === 'call') {
        const network = networks.get(op.network)!;
        fewest.set(network.name, Math.min(given, fewest.get(network.name) ?? Infinity));
        const inside = walk(network.graph, () => given, given);
        const { node } = network.outputs.find(({ name }) => name === op.output) ?? network.outputs[0]!;
        counts[index] = inside[node]!;
      } else if (op.kind === 'penalty') {
        const captured = new Map(
          op.critic.captures.map((port, at) => [port, counts[inputs[op.penalty.tensors.length + at]!]!]),
        );
        const tried = counts[inputs[0]!]!;
        walk(op.critic.graph, (port) => captured.get(port) ?? tried, tried);
      }
    }
    return counts;
  };

  const { training } = model;
  for (const { batch, loss } of training?.updates ?? []) {
    walk(training!.graph, () => batch, batch, neededFor(training!.graph, loss));
  }
  return fewest;
}
