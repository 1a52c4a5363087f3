import { neverUpdated } from '../../diagnostics/codes/never-updated.ts';
import { defineLint } from './lint.ts';

export const neverUpdatedLint = defineLint({
  codes: ['never-updated'],
  check({ file, resolved, report, training }) {
    if (!training) return;
    const { updates } = training.training;
    const used = new Set(updates.flatMap(({ loss }) => [...training.networksBeneath(loss)]));
    const trained = new Set(updates.flatMap(({ networks }) => networks));
    const imports = file.items.flatMap((item) => (item.kind === 'import' ? item.names : []));
    for (const item of resolved.names.graphs.values()) {
      if (item.role === 'module') continue;
      const { name } = item.name;
      // What another file declares is this file's affair from its import on.
      const { span } = imports.find((imported) => imported.name === name) ?? item.name;
      const isFixed = training.network(name).weights.every(({ kind, lr }) => kind !== 'weight' || lr === 0);
      if (!used.has(name) || trained.has(name) || isFixed) continue;
      report.report(neverUpdated, { at: span, facts: { network: name, role: item.role } });
    }
  },
});
