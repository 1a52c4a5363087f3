import { holdOf } from '../../constraints/hold.ts';
import { criticSteps } from '../../diagnostics/codes/critic-steps.ts';
import { wassersteinUnconstrained } from '../../diagnostics/codes/wasserstein-unconstrained.ts';
import type { UpdatePlan } from '../model.ts';
import { networksIn } from '../networks-beneath.ts';
import { timesAtFirst } from '../times-at-first.ts';
import { judgesOf } from './judges.ts';
import { defineLint } from './lint.ts';
import type { TrainingView } from './training-view.ts';

/** What a Wasserstein loss relies on: a critic whose slope is bounded, and that is ahead of the generator. */
export const wassersteinLint = defineLint({
  codes: ['wasserstein-unconstrained', 'critic-steps'],
  check({ report, training }) {
    if (!training) return;
    for (const { name, update, real, fake, makers, family } of judgesOf(training)) {
      if (family !== 'wasserstein' || real.length === 0 || fake.length === 0) continue;
      if (!isBounded(training, name)) {
        report.report(wassersteinUnconstrained, { at: training.lossSpan(update), facts: { network: name } });
      }
      for (const maker of makers) {
        // Of several makers in a row, the opponent is the one that learns from this critic.
        const opponent = training
          .updatesOf(maker)
          .find(({ networks, loss }) => !networks.includes(name) && training.networksBeneath(loss).has(name));
        if (!opponent) continue;
        const ahead = timesAtFirst(update, training.training) / timesAtFirst(opponent, training.training);
        if (ahead > 1 || learnsFaster(update, opponent)) continue;
        report.report(criticSteps, {
          at: training.option(update, 'times')?.span ?? networkSpan(training, update),
          facts: { network: name, maker, times: ahead },
        });
      }
    }
  },
});

/** A penalty on it in any loss, a constraint such as spectral_norm on a weight, or weights that are cut off. */
function isBounded(training: TrainingView, critic: string): boolean {
  if (training.updatesOf(critic).some(({ clip }) => clip.weights !== null)) return true;
  if (training.network(critic).weights.some((weight) => holdOf(weight)?.constraint.bounds)) return true;
  return training.training.updates.some(({ loss }) =>
    training.findBeneath(loss, 'penalty').some(({ op }) => networksIn(op.critic.graph).includes(critic)),
  );
}

/** Two time-scale updates: a larger learning rate does what more steps would. */
function learnsFaster(critic: UpdatePlan, maker: UpdatePlan): boolean {
  const [own, other] = [critic, maker].map(({ optimizer }) => optimizer.options.get('lr'));
  return typeof own === 'number' && typeof other === 'number' && own > other;
}

function networkSpan(training: TrainingView, update: UpdatePlan) {
  return training.updateName(update) ?? update.span;
}
