import { dropoutInCritic } from '../../diagnostics/codes/dropout-in-critic.ts';
import { networksIn } from '../networks-beneath.ts';
import { defineLint } from './lint.ts';
import { layersInGraph } from './network-layers.ts';
import { removeStep } from './spec-edits.ts';

export const dropoutInCriticLint = defineLint({
  codes: ['dropout-in-critic'],
  check({ file, model, report, training }) {
    if (!training) return;
    const penalties = training.training.updates.flatMap((update) =>
      training.findBeneath(update.loss, 'penalty').map((found) => {
        return { ...found, update, networks: networksIn(found.op.critic.graph) };
      }),
    );
    const consistent = penalties
      .filter(({ op }) => op.penalty.looksAt === 'scores')
      .flatMap(({ networks }) => networks);
    for (const { op, node, update, networks } of penalties) {
      const judge = networks.find((name) => training.network(name).role === 'discriminator');
      if (op.penalty.looksAt === 'scores' || !judge || consistent.includes(judge)) continue;
      for (const layer of layersInGraph(model, op.critic.graph)) {
        if (layer.op.layer.name !== 'dropout' || layer.op.args.number('rate') === 0) continue;
        const at = training.spanOf(layer);
        const isHere = file.source.text.slice(at.start, at.end).startsWith('dropout');
        report.report(dropoutInCritic, {
          at,
          facts: {
            network: layer.op.path.split('/')[0] || judge,
            penalty: op.penalty.name,
            rate: layer.op.args.number('rate'),
          },
          also: { penalty: training.termOf(update, node) },
          trace: layer.trace,
          fixes: isHere ? removeStep(file.source, at) : [],
        });
      }
    }
  },
});
