import { missingActivation } from '../../diagnostics/codes/missing-activation.ts';
import { sizeOf } from '../../tensor/index.ts';
import type { GraphNode, Network } from '../model.ts';
import { defineLint } from './lint.ts';
import { isLayer, type LayerNode, usesIn } from './network-layers.ts';

/** Layers that weigh and add up, and do nothing else. A depthwise convolution is left out: it is half of one. */
const LINEAR = new Set([
  'dense',
  'conv1d',
  'conv2d',
  'conv3d',
  'conv1d_transpose',
  'conv2d_transpose',
  'conv3d_transpose',
]);

/** Layers that keep what is linear linear, whatever their weights. */
const KEEPS = new Set(['reshape', 'flatten', 'upsample', 'avg_pool', 'global_avg_pool', 'pad', 'crop']);

export const missingActivationLint = defineLint({
  codes: ['missing-activation'],
  check({ model, report }) {
    for (const network of model.networks) {
      const uses = usesIn(network);
      for (const next of network.graph) {
        if (!isLayer(next) || !LINEAR.has(next.op.layer.name)) continue;
        const before = linearBefore(network, next, uses);
        if (!before || isBottleneck(network, before, next)) continue;
        report.report(missingActivation, {
          at: before.span,
          facts: { layer: before.op.layer.name, next: next.op.layer.name },
          also: { next: next.span },
          trace: before.trace,
        });
      }
    }
  },
});

/** The linear layer whose result goes nowhere but into `next`: with a second use, as in a residual block, it counts there. */
function linearBefore(network: Network, next: LayerNode, uses: readonly number[]): LayerNode | null {
  let index = next.inputs[0]!;
  for (;;) {
    const node = network.graph[index]!;
    if (uses[index]! > 1 || !isLayer(node)) return null;
    if (LINEAR.has(node.op.layer.name)) return node;
    if (!KEEPS.has(node.op.layer.name)) return null;
    index = node.inputs[0]!;
  }
}

/** Fewer numbers than come in and go out: two layers with less weights than one, which is a reason to have them. */
function isBottleneck({ graph }: Network, before: LayerNode, next: LayerNode): boolean {
  const size = ({ type }: GraphNode) => sizeOf(type.shape);
  return size(before) < size(graph[before.inputs[0]!]!) && size(before) < size(next);
}
