import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { rateText } from '../wording.ts';

const rates = (judge: string, maker = '2e-4') =>
  exampleSpec({
    train: exampleTrain({ D: { lr: judge }, G: { lr: maker } }),
  });

interface Rate {
  /** The networks that it moves, as after `update`. */
  readonly network: string;
  /** The greatest one of the training. */
  readonly lr: number;
}

export const learningRateUnusual = defineDiagnostic<
  | (Rate & { readonly problem: 'high'; readonly optimizer: string; readonly limit: number })
  | (Rate & { readonly problem: 'low'; readonly limit: number })
  | (Rate & { readonly problem: 'behind'; readonly maker: Rate; readonly factor: number }),
  'maker'
>({
  code: 'learning-rate-unusual',
  severity: 'warning',
  number: 47,
  title: 'A learning rate that GANs are not trained with',
  message: (facts) =>
    facts.problem === 'behind'
      ? `${facts.network} learns ${Math.round(facts.factor)} times slower than ${facts.maker.network}, which it judges`
      : `${facts.network} is trained with a learning rate of ${rateText(facts.lr)}`,
  label(facts) {
    if (facts.problem === 'behind') return `${rateText(facts.lr)} for ${facts.network}`;
    return facts.problem === 'high' ? `above ${rateText(facts.limit)}` : `below ${rateText(facts.limit)}`;
  },
  labels: {
    maker: (facts) =>
      facts.problem === 'behind' ? `${rateText(facts.maker.lr)} for ${facts.maker.network}` : '',
  },
  notes(facts) {
    switch (facts.problem) {
      case 'high':
        return [
          `A step of ${facts.optimizer} moves every weight by about the learning rate, and weights are of the order of 0.02.`,
        ];
      case 'low':
        return facts.lr === 0
          ? ['Its weights never move.']
          : [`After 10,000 steps a weight has moved by ${rateText(facts.lr * 10_000)} at most.`];
      case 'behind':
        return [
          'It is still judging the fakes of long ago: nothing that it says helps against those of now.',
        ];
    }
  },
  help: (facts) =>
    facts.problem === 'behind'
      ? 'give both the same rate, or the discriminator the larger one'
      : 'begin from 2e-4, or 1e-4 for a Wasserstein critic',
  explanation: `
Adam and its relatives divide a gradient by its recent size, so the learning rate is about how far a weight moves in a
step. Published GANs lie between 1e-5 and 2.5e-3. Above 0.01 a step is as large as the weights themselves; below 1e-7 a
whole training moves them by less than they are apart at first. \`sgd\` does not divide, and has other rates.

A discriminator must keep up with the generator: its rate (times its updates per step) is usually the same or larger, as
with two time-scale updates. One that learns more than ten times slower judges the fakes of long ago.

**What to do.** Begin from \`adam(lr: 2e-4, beta1: 0.5)\` for both. For a rate that is meant, write \`// ganc-ignore
learning-rate-unusual: why\` above the line.

Radford, Metz & Chintala, *Unsupervised Representation Learning with DCGANs*, 2016, section 4. Heusel et al., *GANs
Trained by a Two Time-Scale Update Rule*, 2017.
`,
  bad: rates('0.02', '0.002'),
  good: rates('2e-4'),
});
