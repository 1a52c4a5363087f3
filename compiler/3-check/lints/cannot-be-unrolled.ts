import { cannotBeUnrolled } from '../../diagnostics/codes/cannot-be-unrolled.ts';
import { networkTooLarge } from '../../diagnostics/codes/network-too-large.ts';
import { listText } from '../../diagnostics/wording.ts';
import { intervalOf } from '../../regularizers/every.ts';
import { MAX_LAYERS, written } from '../limits.ts';
import type { UpdatePlan } from '../model.ts';
import { unrolledUpdates } from '../unrolled-updates.ts';
import { defineLint } from './lint.ts';
import type { TrainingView } from './training-view.ts';

export const cannotBeUnrolledLint = defineLint({
  codes: ['cannot-be-unrolled', 'network-too-large'],
  check({ model, report, training }) {
    if (!training) return;
    for (const update of training.training.updates) {
      if (update.unroll === 0) continue;
      const at = training.option(update, 'unroll')?.span ?? update.span;
      const facts = { update: named(update), steps: update.unroll };
      const others = unrolledUpdates(model, training.training, update);
      if (others.length === 0) {
        report.report(cannotBeUnrolled, { at, facts: { ...facts, reason: { kind: 'nothing' } } });
      }
      const layers = update.unroll * layersOf(training, update, others);
      if (layers > MAX_LAYERS) {
        const what = `\`update ${facts.update}\` with the steps that it looks ahead`;
        const limit = `${written(MAX_LAYERS)} layers`;
        report.report(networkTooLarge, { at, facts: { what, amount: `${written(layers)} layers`, limit } });
      }
      const irregular = [update, ...others].find(({ times }) => typeof times !== 'number');
      if (irregular) {
        report.report(cannotBeUnrolled, {
          at,
          facts: { ...facts, reason: { kind: 'times', other: named(irregular) } },
          also: { other: training.option(irregular, 'times')?.value.span ?? irregular.span },
        });
      }
      for (const other of others) {
        const { optimizer } = other.optimizer;
        if (optimizer.isStep) {
          report.report(cannotBeUnrolled, {
            at,
            facts: {
              ...facts,
              reason: { kind: 'optimizer', other: named(other), optimizer: optimizer.name },
            },
            also: { other: training.option(other, 'optimizer')?.value.span ?? other.span },
          });
        }
        const penalties = (['penalty', 'weight_penalty'] as const).flatMap((kind) =>
          training.findBeneath<typeof kind>(other.loss, kind),
        );
        for (const { op, node } of penalties) {
          const every = intervalOf(op.args);
          if (every === 1) continue;
          report.report(cannotBeUnrolled, {
            at,
            facts: {
              ...facts,
              reason: { kind: 'interval', other: named(other), penalty: op.penalty.name, every },
            },
            also: { other: training.termOf(other, node) },
          });
        }
      }
    }
  },
});

/** How many layers one step ahead of an update goes through: all but those of what stands still. */
function layersOf(training: TrainingView, update: UpdatePlan, others: readonly UpdatePlan[]): number {
  const networks = others.flatMap(({ loss }) => [...training.networksBeneath(loss)]);
  const moving = networks.filter((name) => !update.networks.includes(name));
  return moving.reduce((sum, name) => sum + training.network(name).graph.length, 0);
}

function named({ networks }: UpdatePlan): string {
  return listText(networks);
}
