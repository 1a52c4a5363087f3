import { defineDiagnostic } from '../diagnostic.ts';
import { gradientPenaltyExample } from '../gradient-penalty-example.ts';

export const notTwiceDifferentiable = defineDiagnostic<
  {
    /** `floor`, `sign`. */
    readonly layer: string;
    readonly penalty: string;
    /** What to use in its place; null when nothing comes near. */
    readonly suggestion: string | null;
  },
  'penalty'
>({
  code: 'not-twice-differentiable',
  severity: 'error',
  number: 39,
  title: 'A step function inside a gradient penalty',
  message: ({ layer, penalty }) => `${layer} cannot be used inside ${penalty}`,
  label: () => 'its gradient has no gradient',
  labels: { penalty: () => 'asks for one' },
  help: ({ suggestion }) => (suggestion ? `use ${suggestion}` : 'remove it'),
  explanation: `
A gradient penalty measures how steep the critic is, and training needs the gradient of that. A step function (rounding,
a sign, a comparison, a choice of the largest) is flat wherever it has a slope at all: the penalty sees a slope of
zero, whatever the weights are, and no gradient gets past it.

Every other layer can be used. In particular \`max_pool\`, \`leaky_relu\` and \`tanh\` are written here in operations whose
gradients have gradients; in TensorFlow.js they throw, or silently give wrong numbers, at second order.

**What to do.** Use a smooth function in its place: \`tanh\` for \`sign\`, \`sigmoid\` for a comparison.

Gulrajani et al., *Improved Training of Wasserstein GANs*, 2017.
`,
  bad: gradientPenaltyExample({ critic: 'sign' }),
  good: gradientPenaltyExample({ critic: 'tanh' }),
});
