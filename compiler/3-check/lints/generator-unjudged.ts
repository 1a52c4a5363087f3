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
      // The decoder of an adversarial autoencoder makes pictures of codes, and the codes are judged.
      const makesOfJudged = training
        .updatesOf(name)
        .some(({ loss }) =>
          training
            .findBeneath(loss, 'call')
            .some(
              ({ op, node }) =>
                op.network === name && training.makersOf(node).some((maker) => judged.has(maker)),
            ),
        );
      const isTrained = training.updatesOf(name).some(({ loss }) => training.networksBeneath(loss).has(name));
      if (isTrained && !judged.has(name) && !makesOfJudged) {
        report.report(generatorUnjudged, { at: span, facts: { network: name, judges } });
      }
    }
  },
});
