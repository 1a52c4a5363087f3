import { defineDiagnostic } from '../diagnostic.ts';
import { gradientPenaltyExample } from '../gradient-penalty-example.ts';

export const dropoutInCritic = defineDiagnostic<
  {
    readonly network: string;
    readonly penalty: string;
    /** The share that is dropped. */
    readonly rate: number;
  },
  'penalty'
>({
  code: 'dropout-in-critic',
  severity: 'warning',
  number: 52,
  title: 'Dropout in a critic with a gradient penalty',
  message: ({ network, penalty }) => `${network} uses dropout inside ${penalty}`,
  label: ({ rate }) => `another ${Math.round(100 * rate)} % of it is switched off in every pass`,
  labels: { penalty: () => 'measures the slope of one such part' },
  notes: () => ['The slope that is bounded is never that of the critic which judges.'],
  help: () => 'remove dropout, or add a consistency penalty beside this one, as CT-GAN does',
  explanation: `
A gradient penalty bounds the slope of the critic as it is in that one pass. With dropout every pass is through another
part of the critic, and the score of the real picture, that of the fake and the slope between them come from three
different ones: the loss is no distance any more, and it is noisy.

CT-GAN has dropout in the critic on purpose, and a third term that keeps two passes through one example alike: beside
\`consistency(D(_), real)\` nothing is said.

**What to do.** Leave dropout out of the critic; the penalty bounds it enough. Dropout in a discriminator without a
penalty, and in the generator, is no matter.

Gulrajani et al., *Improved Training of Wasserstein GANs*, 2017. Wei et al., *Improving the Improved Training of
Wasserstein GANs: A Consistency Term and Its Dual Effect*, 2018.
`,
  bad: gradientPenaltyExample({ critic: 'leaky_relu(0.2) -> dropout(0.3)' }),
  good: gradientPenaltyExample({
    critic: 'leaky_relu(0.2) -> dropout(0.3)',
    penalty: ' + 10 * gradient_penalty(D(_), real, fake) + 2 * consistency(D(_), real)',
  }),
});
