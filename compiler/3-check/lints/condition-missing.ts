import { conditionMissing } from '../../diagnostics/codes/condition-missing.ts';
import { defineLint } from './lint.ts';

export const conditionMissingLint = defineLint({
  codes: ['condition-missing'],
  check({ report, training }) {
    if (!training) return;
    const isLabel = (index: number) => training.node(index).type.label !== null;
    for (const { loss } of training.training.updates) {
      for (const { node: index, judge, makers } of training.judgements(loss)) {
        const judged = training.node(index);
        const judgeLabel = judged.inputs.find(isLabel);
        for (const maker of makers) {
          if (training.updatesOf(maker).length === 0) continue;
          const made = training.findBeneath(index, 'call').find(({ op }) => op.network === maker)!;
          const makerLabel = made.node.inputs.find(isLabel);
          if (makerLabel !== undefined && judgeLabel === undefined) {
            const guessers = [judge, ...trainersOf(maker)];
            if (guessers.some((guesser) => guessesLabel(guesser, maker, makerLabel))) continue;
            report.report(conditionMissing, {
              at: training.spanOf(judged),
              facts: { told: maker, untold: judge, role: 'generator told', condition: written(makerLabel) },
              also: { told: training.spanOf(made.node) },
            });
          } else if (makerLabel === undefined && judgeLabel !== undefined && !seesData(made.index)) {
            report.report(conditionMissing, {
              at: training.spanOf(made.node),
              facts: {
                told: judge,
                untold: maker,
                role: 'discriminator told',
                condition: written(judgeLabel),
              },
              also: { told: training.spanOf(judged) },
            });
          }
        }
      }
    }

    /** The networks that look at what a maker makes, for its loss: a classifier beside the judge is one. */
    function trainersOf(maker: string): string[] {
      const losses = training!.updatesOf(maker).map(({ loss }) => loss);
      return losses.flatMap((loss) =>
        training!
          .findBeneath(loss, 'call')
          .filter(({ node }) => training!.makersOf(node).includes(maker))
          .map(({ op }) => op.network),
      );
    }

    /** AC-GAN: the judge is not told the label, but its loss has it guessed; CVAE-GAN and TripleGAN have a classifier for it. */
    function guessesLabel(guesser: string, maker: string, label: number): boolean {
      const drawn = drawnLabel(label);
      return training!.updatesOf(guesser).some(({ loss }) => reaches(loss, drawn, maker));
    }

    /** The label of the data: StarGAN's maker is told a shuffled one, and its judge learns to guess the pictures' own. */
    function drawnLabel(label: number): number {
      const [from] = training!.node(label).inputs;
      return from === undefined ? label : drawnLabel(from);
    }

    /** Whether a node is used on a way that does not lead through a network. */
    function reaches(from: number, target: number, without: string): boolean {
      const seen = new Set<number>();
      const rest = [from];
      while (rest.length > 0) {
        const next = rest.pop()!;
        if (next === target) return true;
        if (seen.has(next)) continue;
        seen.add(next);
        const { op, inputs } = training!.node(next);
        if (op.kind !== 'call' || op.network !== without) rest.push(...inputs);
      }
      return false;
    }

    /** A maker that is given a picture may see its class there; one that is given what a mapping makes of a class knows it. */
    function seesData(made: number): boolean {
      return training!.findBeneath(made, 'data').length > 0;
    }

    function written(index: number): string {
      const { op } = training!.node(index);
      for (const [name, node] of training!.training.bindings) if (node === index) return name;
      return op.kind === 'data' ? `${op.dataset}.${op.field}` : 'the label';
    }
  },
});
