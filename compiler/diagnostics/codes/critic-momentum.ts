import { defineDiagnostic } from '../diagnostic.ts';
import { gradientPenaltyExample } from '../gradient-penalty-example.ts';

export const criticMomentum = defineDiagnostic<
  {
    readonly network: string;
    readonly optimizer: string;
    readonly beta1: number;
    readonly penalty: string;
  },
  'penalty'
>({
  code: 'critic-momentum',
  severity: 'warning',
  number: 45,
  title: 'Much momentum in a critic with a gradient penalty',
  message: ({ network, beta1, penalty }) => `${network} is trained with beta1 ${beta1} and ${penalty}`,
  label: ({ beta1 }) =>
    `remembers about ${Math.max(1, Math.round(1 / (1 - Math.min(beta1, 0.999))))} past steps`,
  labels: { penalty: () => 'this slope changes from step to step' },
  notes: () => ['WGAN-GP uses beta1: 0 and beta2: 0.9.'],
  help: () => 'write beta1: 0',
  explanation: `
Adam averages past gradients over about 1 / (1 - beta1) steps. A critic under a gradient penalty chases a target that
moves with every step of the generator, and old gradients push it the wrong way; it begins to swing.

**What to do.** Use \`adam(lr: 1e-4, beta1: 0, beta2: 0.9)\` for both players.

Gulrajani et al., *Improved Training of Wasserstein GANs*, 2017, algorithm 1 and the experiments of section 5.
`,
  bad: gradientPenaltyExample({ beta1: '0.5' }),
  good: gradientPenaltyExample(),
});
