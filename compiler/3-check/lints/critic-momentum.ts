import { criticMomentum } from '../../diagnostics/codes/critic-momentum.ts';
import { networksIn } from '../networks-beneath.ts';
import { defineLint } from './lint.ts';
import { setArgument } from './spec-edits.ts';

export const criticMomentumLint = defineLint({
  codes: ['critic-momentum'],
  check({ file, report, training }) {
    if (!training) return;
    for (const update of training.training.updates) {
      const { optimizer, options } = update.optimizer;
      const beta1 = options.get('beta1');
      if (optimizer.name !== 'adam' || typeof beta1 !== 'number' || beta1 < 0.5) continue;
      for (const { op, node } of training.findBeneath(update.loss, 'penalty')) {
        const network = networksIn(op.critic.graph).find((name) => update.networks.includes(name));
        if (op.penalty.name !== 'gradient_penalty' || !network) continue;
        const call = training.option(update, 'optimizer')?.value;
        const written = training.optimizerArgument(update, 'beta1');
        const at = written ?? call?.span ?? update.span;
        report.report(criticMomentum, {
          at,
          facts: { network, optimizer: optimizer.name, beta1, penalty: op.penalty.name },
          also: { penalty: training.termOf(update, node) },
          fixes: call ? setArgument(file.source, call.span, written ?? undefined, 'beta1: 0') : [],
        });
        break;
      }
    }
  },
});
