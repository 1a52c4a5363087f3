import { noRandomness } from '../../diagnostics/codes/no-randomness.ts';
import { defineLint } from './lint.ts';
import { layersOf } from './network-layers.ts';

export const noRandomnessLint = defineLint({
  codes: ['no-randomness'],
  check({ file, model, report, training }) {
    if (!training) return;
    for (const item of file.items) {
      if (item.kind !== 'graph' || item.role !== 'generator') continue;
      const name = item.name.name;
      const uses = training.training.updates.flatMap(({ loss }) =>
        training.findBeneath(loss, 'call').filter(({ op }) => op.network === name),
      );
      if (uses.length === 0 || layersOf(model, name).some(({ op }) => op.layer.isRandom)) continue;
      const varies = uses.some(
        ({ index }) =>
          training.findBeneath(index, 'latent').length > 0 ||
          training.findBeneath(index, 'noise').length > 0 ||
          training.findBeneath(index, 'data').some(({ node }) => node.type.label === null),
      );
      if (!varies) report.report(noRandomness, { at: item.name.span, facts: { network: name } });
    }
  },
});
