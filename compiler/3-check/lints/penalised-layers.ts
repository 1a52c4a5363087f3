import { batchNormWithPenalty } from '../../diagnostics/codes/batch-norm-with-penalty.ts';
import { notTwiceDifferentiable } from '../../diagnostics/codes/not-twice-differentiable.ts';
import type { Model } from '../model.ts';
import { networksIn } from '../networks-beneath.ts';
import { defineLint } from './lint.ts';
import { layersInGraph } from './network-layers.ts';
import { replaceStep } from './spec-edits.ts';

/** Smooth functions that can stand for a step function. */
const SMOOTH: Readonly<Record<string, string>> = { sign: 'tanh' };

function isGenerator({ networks }: Model, name: string): boolean {
  return networks.some((network) => network.name === name && network.role === 'generator');
}

/** Layers inside a gradient penalty that it cannot work with. */
export const penalisedLayersLint = defineLint({
  codes: ['batch-norm-with-penalty', 'not-twice-differentiable'],
  check({ file, model, report, training }) {
    if (!training) return;
    for (const update of training.training.updates) {
      for (const { op, node } of training.findBeneath(update.loss, 'penalty')) {
        if (op.penalty.looksAt === 'scores') continue;
        const penalty = op.penalty.name;
        const also = { penalty: training.termOf(update, node) };
        for (const layer of layersInGraph(model, op.critic.graph)) {
          const { name, mixesExamples, isStep } = layer.op.layer;
          const at = training.spanOf(layer);
          const network = layer.op.path.split('/')[0] ?? networksIn(op.critic.graph)[0] ?? 'the critic';
          // Papers that take a gradient for a latent take it through a generator as that is.
          const isMaker = op.penalty.gives === 'gradient' && isGenerator(model, network);
          if (mixesExamples && !isMaker) {
            const written = file.source.text.slice(at.start, at.end);
            const fixes =
              name === 'batch_norm' && written === name ? replaceStep(file.source, at, 'layer_norm') : [];
            report.report(batchNormWithPenalty, {
              at,
              facts: { network, layer: name, penalty },
              also,
              trace: layer.trace,
              fixes,
            });
          }
          if (isStep) {
            const suggestion = SMOOTH[name] ?? null;
            report.report(notTwiceDifferentiable, {
              at,
              facts: { layer: name, penalty, suggestion },
              also,
              trace: layer.trace,
            });
          }
        }
      }
    }
  },
});
