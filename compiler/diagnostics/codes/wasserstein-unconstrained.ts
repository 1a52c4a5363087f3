import { defineDiagnostic } from '../diagnostic.ts';
import { gradientPenaltyExample } from '../gradient-penalty-example.ts';

export const wassersteinUnconstrained = defineDiagnostic<{ readonly network: string }>({
  code: 'wasserstein-unconstrained',
  severity: 'warning',
  number: 40,
  title: 'A Wasserstein loss with nothing that bounds the critic',
  message: ({ network }) => `nothing bounds the slope of ${network}, which a Wasserstein loss relies on`,
  label: ({ network }) => `grows without end as ${network}'s weights grow`,
  notes: ({ network }) => [`${network} would only learn to shout louder, and the loss would mean nothing.`],
  help: ({ network }) =>
    `add 10 * gradient_penalty(${network}(_), real, fake), or use weights: spectral_norm in ${network}`,
  explanation: `
The Wasserstein loss compares the mean score of real and fake pictures. That is a distance only for critics whose slope
is at most 1; without such a bound, doubling the critic's weights doubles the loss, and training runs away.

**What to do.** Add \`gradient_penalty\` to the critic's loss (WGAN-GP), put \`weights: spectral_norm\` on all its layers, or
use a loss that bounds itself, such as \`hinge\`. The first Wasserstein GAN wrote \`clip_weights: 0.01\` in the update of the
critic, which bounds it too but leaves it little to say.

Arjovsky, Chintala & Bottou, *Wasserstein GAN*, 2017. Gulrajani et al., *Improved Training of Wasserstein GANs*, 2017.
Miyato et al., *Spectral Normalization for Generative Adversarial Networks*, 2018.
`,
  bad: gradientPenaltyExample({ penalty: '' }),
  good: gradientPenaltyExample(),
});
