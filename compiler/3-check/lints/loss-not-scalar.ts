import { lossNotScalar } from '../../diagnostics/codes/loss-not-scalar.ts';
import { defineLint } from './lint.ts';
import { wrapIn } from './spec-edits.ts';

export const lossNotScalarLint = defineLint({
  codes: ['loss-not-scalar'],
  check({ file, report, training }) {
    if (!training) return;
    for (const update of training.training.updates) {
      const { type } = training.node(update.loss);
      if (!type.batched && type.shape.length === 0) continue;
      const at = training.lossSpan(update);
      report.report(lossNotScalar, {
        at,
        facts: {
          owner: `update ${update.networks.join(', ')}`,
          shape: type.shape,
          written: training.text(at),
        },
        fixes: wrapIn(file.source, at, 'mean'),
      });
    }
  },
});
