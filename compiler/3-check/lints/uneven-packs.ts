import { argumentValue } from '../../diagnostics/codes/argument-value.ts';
import { listText } from '../../diagnostics/wording.ts';
import { defineLint } from './lint.ts';

/** Packs of examples must come out even in every update that makes them. */
export const unevenPacksLint = defineLint({
  codes: ['argument-value'],
  check({ report, training }) {
    if (!training) return;
    for (const update of training.training.updates) {
      const networks = [...training.networksBeneath(update.loss)].map((name) => training.network(name));
      const nodes = [...training.beneath(update.loss)].map((index) => training.node(index));
      for (const { op } of [...nodes, ...networks.flatMap(({ graph }) => graph)]) {
        const count = op.kind === 'layer' ? op.layer.joins?.(op.args) : undefined;
        if (op.kind !== 'layer' || count === undefined || update.batch % count === 0) continue;
        const own = training.option(update, 'batch');
        const call = own ? `update ${listText(update.networks)}` : 'train';
        const wanted = `a multiple of ${count}, since ${op.layer.name} puts ${count} examples together`;
        report.report(argumentValue, {
          at: (own ?? training.trainOption('batch'))?.span ?? update.span,
          facts: { call, name: 'batch', wanted, given: String(update.batch) },
        });
        return;
      }
    }
  },
});
