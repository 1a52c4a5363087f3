import { biasBeforeNorm } from '../../diagnostics/codes/bias-before-norm.ts';
import { defineLint } from './lint.ts';
import { isLayer, usesIn } from './network-layers.ts';
import { setArgument } from './spec-edits.ts';

/** Normalisations that subtract the mean of each channel. layer_norm does not: it takes one over all channels. */
const SUBTRACT_CHANNEL_MEANS = new Set([
  'batch_norm',
  'instance_norm',
  'conditional_batch_norm',
  'conditional_instance_norm',
  'adaptive_instance_norm',
]);

export const biasBeforeNormLint = defineLint({
  codes: ['bias-before-norm'],
  check({ file, model, report }) {
    for (const network of model.networks) {
      const uses = usesIn(network);
      for (const norm of network.graph) {
        if (!isLayer(norm) || !SUBTRACT_CHANNEL_MEANS.has(norm.op.layer.name)) continue;
        const index = norm.inputs[0]!;
        const before = network.graph[index]!;
        if (!isLayer(before) || !before.op.weights.some(({ name }) => name === 'bias')) continue;
        if (uses[index]! > 1) continue;
        report.report(biasBeforeNorm, {
          at: before.span,
          facts: { layer: before.op.layer.name, norm: norm.op.layer.name },
          also: { norm: norm.span },
          trace: before.trace,
          fixes: setArgument(file.source, before.span, before.op.args.span('bias'), 'bias: false'),
        });
      }
    }
  },
});
