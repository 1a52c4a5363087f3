import type { Arguments } from '../../arguments/arguments.ts';
import { normOfOneNumber } from '../../diagnostics/codes/norm-of-one-number.ts';
import { sizeOf } from '../../tensor/index.ts';
import { defineLint } from './lint.ts';
import { isLayer } from './network-layers.ts';
import { removeStep } from './spec-edits.ts';

interface Means {
  /** What each mean is of. */
  over(args: Arguments): string;
  /** How many means there are of one example. */
  count(shape: readonly number[], args: Arguments): number;
}

const perChannel: Means = { over: () => 'channel', count: (shape) => shape.at(-1) ?? 1 };

/** Layers that subtract means of one example; those over the batch are another matter. */
const SUBTRACT_MEANS: Readonly<Record<string, Means>> = {
  instance_norm: perChannel,
  conditional_instance_norm: perChannel,
  adaptive_instance_norm: perChannel,
  group_norm: { over: () => 'group of channels', count: (_, args) => args.int('groups') },
  layer_norm: {
    over: (args) => (args.string('over') === 'channels' ? 'place' : 'example'),
    count: (shape, args) => (args.string('over') === 'channels' ? sizeOf(shape.slice(0, -1)) : 1),
  },
};

export const normOfOneNumberLint = defineLint({
  codes: ['norm-of-one-number'],
  check({ file, model, report }) {
    for (const network of model.networks) {
      for (const node of network.graph) {
        const means = isLayer(node) ? SUBTRACT_MEANS[node.op.layer.name] : undefined;
        if (!means || !isLayer(node)) continue;
        const { name } = node.op.layer;
        const { shape } = network.graph[node.inputs[0]!]!.type;
        if (sizeOf(shape) !== means.count(shape, node.op.args)) continue;
        const isHere =
          node.trace.length === 0 && file.source.text.slice(node.span.start, node.span.end).startsWith(name);
        report.report(normOfOneNumber, {
          at: node.span,
          facts: { layer: name, over: means.over(node.op.args), shape },
          trace: node.trace,
          fixes: isHere ? removeStep(file.source, node.span) : [],
        });
      }
    }
  },
});
