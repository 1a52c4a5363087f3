import { penaltyWithoutEffect } from '../../diagnostics/codes/penalty-without-effect.ts';
import { defineLint } from './lint.ts';

export const penaltyWithoutEffectLint = defineLint({
  codes: ['penalty-without-effect'],
  check({ report, training }) {
    if (!training) return;
    for (const update of training.training.updates) {
      for (const { op, node } of training.findBeneath(update.loss, 'weight_penalty')) {
        if (update.networks.includes(op.network)) continue;
        const [trained] = training.updatesOf(op.network);
        report.report(penaltyWithoutEffect, {
          at: training.spanOf(node),
          facts: {
            penalty: op.penalty.name,
            network: op.network,
            updated: update.networks,
            trained: trained?.networks.join(', ') ?? null,
          },
        });
      }
    }
  },
});
