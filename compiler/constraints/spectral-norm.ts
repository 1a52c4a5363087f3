import * as t from '../tensor/index.ts';
import type { Constraint } from './constraint.ts';
import { asMatrix, largestSingularValue } from './power-iteration.ts';

export const spectralNorm: Constraint = {
  name: 'spectral_norm',
  summary:
    'divides a kernel by its largest singular value, so that the layer stretches nothing by more than 1',
  documentation: `
The kernel, seen as a matrix W with one column per output, is used as W / σ, where σ = vᵀ W u estimates its largest
singular value. Each update improves the estimate by one step of power iteration: v = W u / |W u|, then u = Wᵀ v / |Wᵀ v|;
u is kept between updates. Gradients flow through W and σ, with u and v held constant.

With it on every layer, a discriminator is 1-Lipschitz but for its activations, which Wasserstein and hinge losses need.

Miyato, Kataoka, Koyama & Yoshida, *Spectral Normalization for Generative Adversarial Networks*, 2018.
`,
  arguments: [],
  bounds: true,
  state: ([, columns]) => [{ name: 'u', shape: [columns] }],
  apply({ weight, outputAxis, state, assign }) {
    const { sigma, next } = largestSingularValue(asMatrix(weight, outputAxis), state('u'));
    assign('u', next);
    return t.div(weight, sigma);
  },
};
