import { generatorUnjudged } from '../../diagnostics/codes/generator-unjudged.ts';
import { defineLint } from './lint.ts';

export const generatorUnjudgedLint = defineLint({
  codes: ['generator-unjudged'],
  check({ file, report, training }) {
    if (!training) return;
    const { updates } = training.training;
    const judgements = updates.flatMap(({ loss }) => training.judgements(loss));
    const judges = [...new Set(judgements.map(({ judge }) => judge))];
    if (judges.length === 0) return;
    const judged = new Set(judgements.flatMap(({ makers }) => makers));
    for (const item of file.items) {
      if (item.kind !== 'graph' || item.role !== 'generator') continue;
      const { name, span } = item.name;
      const isTrained = training.updatesOf(name).some(({ loss }) => training.networksBeneath(loss).has(name));
      if (isTrained && !judged.has(name)) {
        report.report(generatorUnjudged, { at: span, facts: { network: name, judges } });
      }
    }
  },
});
