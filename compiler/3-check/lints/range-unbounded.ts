import { rangeUnbounded } from '../../diagnostics/codes/range-unbounded.ts';
import { declaredRange } from '../range-span.ts';
import { defineLint } from './lint.ts';
import { decidingLayer } from './network-layers.ts';
import { appendStep } from './spec-edits.ts';

export const rangeUnboundedLint = defineLint({
  codes: ['range-unbounded'],
  check({ file, model, report }) {
    for (const item of file.items) {
      if (item.kind !== 'graph' || item.role !== 'generator' || item.output.kind !== 'type') continue;
      const network = model.networks.find(({ name }) => name === item.name.name);
      const output = network?.outputs[0];
      const { expr } = item.output;
      if (!network || !output || expr.kind !== 'ref') continue;
      const wantedName = expr.path.map(({ name }) => name).join('.');
      const [dataset, field] = expr.path.map(({ name }) => name);
      const declared = model.datasets
        .find(({ name }) => name === dataset)
        ?.fields.find(({ name }) => name === field);
      if (!declared) continue;
      const wanted = declared.type.range;
      const made = network.graph[output.node]!;
      if (!Number.isFinite(wanted.low) || !Number.isFinite(wanted.high)) continue;
      if (Number.isFinite(made.type.range.low) && Number.isFinite(made.type.range.high)) continue;
      const last = decidingLayer(network, output.node);
      const ending =
        wanted.low === -1 && wanted.high === 1
          ? 'tanh'
          : wanted.low === 0 && wanted.high === 1
            ? 'sigmoid'
            : null;
      report.report(rangeUnbounded, {
        at: made.span,
        facts: { network: network.name, layer: last?.op.layer.name ?? 'this', wantedName, wanted, ending },
        also: { declared: declaredRange(file, dataset!, field!) ?? declared.span },
        trace: made.trace,
        fixes: ending ? appendStep(file.source, made.span, ending) : [],
      });
    }
  },
});
