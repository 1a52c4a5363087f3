import { logBelowZero } from '../../diagnostics/codes/log-below-zero.ts';
import { defineLint } from './lint.ts';
import { decidingLayer, isLayer } from './network-layers.ts';

/** A logarithm in a loss of numbers that may be below 0: once per judge, whose scores they are as a rule. */
export const logBelowZeroLint = defineLint({
  codes: ['log-below-zero'],
  check({ report, training }) {
    if (!training) return;
    const told = new Set<string>();
    for (const { loss } of training.training.updates) {
      for (const { op, node } of training.findBeneath(loss, 'layer')) {
        const input = node.inputs[0]!;
        const { range } = training.node(input).type;
        if (op.layer.name !== 'log' || range.low >= 0) continue;
        const judge = training.judgements(input).at(-1)?.judge ?? null;
        const cause = judge ?? `${node.span.file}:${node.span.start}`;
        if (told.has(cause)) continue;
        told.add(cause);
        const network = judge === null ? null : training.network(judge);
        const last = network && decidingLayer(network, network.outputs[0]!.node);
        report.report(logBelowZero, {
          at: training.spanOf(node),
          facts: { range, judge },
          also: last && isLayer(last) ? { score: last.span } : {},
        });
      }
    }
  },
});
