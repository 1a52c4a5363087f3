import { neverUpdated } from '../../diagnostics/codes/never-updated.ts';
import { defineLint } from './lint.ts';

export const neverUpdatedLint = defineLint({
  codes: ['never-updated'],
  check({ file, report, training }) {
    if (!training) return;
    const { updates } = training.training;
    const used = new Set(updates.flatMap(({ loss }) => [...training.networksBeneath(loss)]));
    const trained = new Set(updates.flatMap(({ networks }) => networks));
    for (const item of file.items) {
      if (item.kind !== 'graph' || item.role === 'module') continue;
      const { name, span } = item.name;
      if (!used.has(name) || trained.has(name) || training.network(name).weights.length === 0) continue;
      report.report(neverUpdated, { at: span, facts: { network: name, role: item.role } });
    }
  },
});
