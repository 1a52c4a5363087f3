import type { Arguments } from '../../arguments/arguments.ts';
import { normOfOneNumber } from '../../diagnostics/codes/norm-of-one-number.ts';
import { sizeOf } from '../../tensor/index.ts';
import { defineLint } from './lint.ts';
import { isLayer } from './network-layers.ts';
import { removeStep } from './spec-edits.ts';

interface Means {
  /** What each mean is of. */
  readonly over: string;
  /** How many means there are of one example. */
  count(channels: number, args: Arguments): number;
}

const perChannel: Means = { over: 'channel', count: (channels) => channels };

/** Layers that subtract means of one example; those over the batch are another matter. */
const SUBTRACT_MEANS: Readonly<Record<string, Means>> = {
  instance_norm: perChannel,
  conditional_instance_norm: perChannel,
  adaptive_instance_norm: perChannel,
  group_norm: { over: 'group of channels', count: (_, args) => args.int('groups') },
  layer_norm: { over: 'example', count: () => 1 },
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
        if (sizeOf(shape) !== means.count(shape.at(-1) ?? 1, node.op.args)) continue;
        const isHere =
          node.trace.length === 0 && file.source.text.slice(node.span.start, node.span.end).startsWith(name);
        report.report(normOfOneNumber, {
          at: node.span,
          facts: { layer: name, over: means.over, shape },
          trace: node.trace,
          fixes: isHere ? removeStep(file.source, node.span) : [],
        });
      }
    }
  },
});
