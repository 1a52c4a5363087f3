import { learningRateUnusual } from '../../diagnostics/codes/learning-rate-unusual.ts';
import type { UpdatePlan } from '../model.ts';
import { timesAtFirst } from '../times-at-first.ts';
import { judgesOf } from './judges.ts';
import { defineLint } from './lint.ts';
import { valuesOver } from './schedule-values.ts';
import type { TrainingView } from './training-view.ts';

/** Optimizers that divide a gradient by its recent size, so that the rate is about how far a weight moves. */
const NORMALIZED: ReadonlySet<string> = new Set(['adam', 'adamw', 'adabelief', 'rmsprop', 'lion']);
const HIGH = 0.01;
const LOW = 1e-7;
/** How many times slower than a generator a discriminator may learn. */
const BEHIND = 10;

export const learningRateUnusualLint = defineLint({
  codes: ['learning-rate-unusual'],
  check({ report, training }) {
    if (!training) return;
    const { updates } = training.training;
    for (const update of updates) {
      const lr = rateOf(update, training);
      const { name: optimizer } = update.optimizer.optimizer;
      if (lr === null || (lr >= LOW && (lr <= HIGH || !NORMALIZED.has(optimizer)))) continue;
      const rate = { network: nameOf(update), lr };
      report.report(learningRateUnusual, {
        at: spanOf(update, training),
        facts:
          lr < LOW
            ? { ...rate, problem: 'low', limit: LOW }
            : { ...rate, problem: 'high', optimizer, limit: HIGH },
      });
    }
    for (const { update, makers } of judgesOf(training)) {
      const opponents = makers.flatMap((maker) => training.updatesOf(maker));
      for (const opponent of opponents) {
        const [own, other] = [rateOf(update, training), rateOf(opponent, training)];
        if (own === null || other === null || update.networks.some((one) => opponent.networks.includes(one)))
          continue;
        if (update.optimizer.optimizer !== opponent.optimizer.optimizer) continue;
        const times = (plan: UpdatePlan) => timesAtFirst(plan, training.training);
        const factor = (other * times(opponent)) / (own * times(update));
        // A rate that is odd by itself has been reported, and may be what the comparison is about.
        if (factor <= BEHIND || own < LOW || other > HIGH) continue;
        report.report(learningRateUnusual, {
          at: spanOf(update, training),
          facts: {
            network: nameOf(update),
            lr: own,
            problem: 'behind',
            maker: { network: nameOf(opponent), lr: other },
            factor,
          },
          also: { maker: spanOf(opponent, training) },
        });
      }
    }
  },
});

function nameOf({ networks }: UpdatePlan): string {
  return networks.join(', ');
}

/** The greatest learning rate that an update ever has. */
function rateOf({ optimizer }: UpdatePlan, { training }: TrainingView): number | null {
  const lr = optimizer.options.get('lr');
  if (lr === undefined || typeof lr === 'boolean' || typeof lr === 'string') return null;
  return Math.max(...valuesOver(lr, training.steps));
}

function spanOf(update: UpdatePlan, training: TrainingView) {
  return (
    training.optimizerArgument(update, 'lr') ??
    training.option(update, 'optimizer')?.value.span ??
    update.span
  );
}
