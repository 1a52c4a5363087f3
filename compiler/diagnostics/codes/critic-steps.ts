import { defineDiagnostic } from '../diagnostic.ts';
import { gradientPenaltyExample } from '../gradient-penalty-example.ts';
import { timesWord } from '../wording.ts';

export const criticSteps = defineDiagnostic<{
  readonly network: string;
  readonly maker: string;
  /** Updates of the critic per step. */
  readonly times: number;
}>({
  code: 'critic-steps',
  severity: 'info',
  number: 46,
  title: 'A Wasserstein critic that is updated as often as the generator',
  message: ({ network, maker, times }) =>
    `${network} is updated ${timesWord(times)} for each update of ${maker}`,
  label: () => 'a Wasserstein critic should be ahead',
  notes: () => ['The loss is a distance only as far as the critic is near its best. WGAN uses 5.'],
  help: () => 'write times: 5 in the update of the critic',
  explanation: `
The Wasserstein loss tells how far fakes are from real pictures only when the critic is nearly as good as it can be. It
is therefore updated several times for each update of the generator; WGAN and WGAN-GP use five. With a slow generator or
a larger learning rate for the critic (two time-scale updates) one may be enough, so this is only a remark.

The authors of WGAN let it run 100 times in each of the first 25 steps: \`times: piecewise([0, 100], [25, 100], [25, 5])\`.

**What to do.** Write \`times: 5\` in the critic's update, or give it a larger learning rate than the generator.

Arjovsky, Chintala & Bottou, *Wasserstein GAN*, 2017. Heusel et al., *GANs Trained by a Two Time-Scale Update Rule*, 2017.
`,
  bad: gradientPenaltyExample({ times: 1 }),
  good: gradientPenaltyExample(),
});
