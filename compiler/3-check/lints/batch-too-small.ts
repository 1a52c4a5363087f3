import { batchTooSmall } from '../../diagnostics/codes/batch-too-small.ts';
import { sizeOf } from '../../tensor/index.ts';
import type { GraphNode, UpdatePlan } from '../model.ts';
import { defineLint } from './lint.ts';
import { isLayer } from './network-layers.ts';
import { removeStep } from './spec-edits.ts';

/** Layers that take the mean of each channel over the batch. */
const OVER_BATCH: ReadonlySet<string> = new Set(['batch_norm', 'conditional_batch_norm']);

export const batchTooSmallLint = defineLint({
  codes: ['batch-too-small'],
  check({ file, model, report, training }) {
    if (!training) return;
    const { graph } = training.training;
    /** By network: the first update that shows it one example at a time. */
    const shown = new Map<string, UpdatePlan>();
    for (const update of training.training.updates) {
      if (update.batch !== 1) continue;
      for (const name of training.networksBeneath(update.loss)) if (!shown.has(name)) shown.set(name, update);
    }
    if (shown.size === 0) return;
    // Frames of a clip are a batch of their own.
    const perFrame = new Set(
      [graph, ...model.networks.map((network) => network.graph)].flatMap((one) => {
        const inFrames = nodesPerFrame(one);
        return one.flatMap(({ op }, index) =>
          op.kind === 'call' && inFrames.has(index) ? [op.network] : [],
        );
      }),
    );
    for (const network of model.networks) {
      const update = shown.get(network.name);
      if (!update || perFrame.has(network.name)) continue;
      const batch = (training.option(update, 'batch') ?? training.trainOption('batch'))?.span;
      const inFrames = nodesPerFrame(network.graph);
      for (const [index, node] of network.graph.entries()) {
        if (!isLayer(node) || !OVER_BATCH.has(node.op.layer.name) || inFrames.has(index)) continue;
        const { shape } = network.graph[node.inputs[0]!]!.type;
        if (sizeOf(shape) !== (shape.at(-1) ?? 1)) continue;
        const written = file.source.text.slice(node.span.start, node.span.end);
        const isHere = node.trace.length === 0 && written.startsWith(node.op.layer.name);
        report.report(batchTooSmall, {
          at: node.span,
          facts: { layer: node.op.layer.name, shape },
          trace: node.trace,
          ...(batch && { also: { batch } }),
          fixes: isHere ? removeStep(file.source, node.span) : [],
        });
      }
    }
  },
});

/** The nodes of a graph that are inside of `per_frame`. */
function nodesPerFrame(graph: readonly GraphNode[]): ReadonlySet<number> {
  const inside = new Set<number>();
  for (const [index, { op, inputs }] of graph.entries()) {
    if (op.kind === 'unfold_time') continue;
    if (op.kind === 'fold_time' || inputs.some((input) => inside.has(input))) inside.add(index);
  }
  return inside;
}
