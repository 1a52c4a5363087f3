import { defineDiagnostic } from '../diagnostic.ts';
import { gradientPenaltyExample } from '../gradient-penalty-example.ts';

export const batchNormWithPenalty = defineDiagnostic<
  {
    readonly network: string;
    /** The layer that mixes examples: `batch_norm`. */
    readonly layer: string;
    /** `gradient_penalty`, `r1`. */
    readonly penalty: string;
  },
  'penalty'
>({
  code: 'batch-norm-with-penalty',
  severity: 'warning',
  number: 38,
  title: 'Batch normalisation in a critic with a gradient penalty',
  message: ({ network, layer, penalty }) => `${network} uses ${layer} inside ${penalty}`,
  label: () => 'mixes the examples of a batch',
  labels: { penalty: () => 'defined for one example at a time' },
  notes: ({ layer, penalty }) => [
    `${penalty === 'gradient' ? 'It would then hold a part of what the others score.' : 'The penalty would then punish the wrong slope.'}${
      layer === 'batch_norm' ? ' WGAN-GP leaves batch normalisation out of the critic.' : ''
    }`,
  ],
  help: ({ layer }) => (layer === 'batch_norm' ? 'use layer_norm, or nothing' : `remove ${layer}`),
  explanation: `
A gradient penalty, or \`gradient\`, looks at the slope of the critic's score with respect to *its own* input, example by
example. Batch normalisation makes each score depend on all pictures of the batch, so the slope that is measured is another one
than the penalty is meant to bound.

**What to do.** Use \`layer_norm\`, which normalises each example by itself, or no normalisation at all. The generator may
keep its batch normalisation.

Gulrajani et al., *Improved Training of Wasserstein GANs*, 2017, section 4: "we omit batch normalization in our critic".
`,
  bad: gradientPenaltyExample({
    critic: 'leaky_relu(0.2) -> conv2d(8, kernel: 3, bias: false) -> batch_norm',
  }),
  good: gradientPenaltyExample({
    critic: 'leaky_relu(0.2) -> conv2d(8, kernel: 3, bias: false) -> layer_norm',
  }),
});
