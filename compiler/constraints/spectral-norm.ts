import * as t from '../tensor/index.ts';
import type { Constraint } from './constraint.ts';

/** Keeps the quotient finite for a kernel of zeros. */
const TINY = 1e-12;

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
  state: ([, columns]) => [{ name: 'u', shape: [columns] }],
  apply({ weight, outputAxis, state, assign }) {
    const matrix = asMatrix(weight, outputAxis);
    const fixed = t.stopGradient(matrix);
    const [, columns] = matrix.shape as [number, number];
    const v = unit(t.matmul(fixed, t.reshape(state('u'), [columns, 1])));
    const u = unit(t.matmul(fixed, v, { transposeA: true }));
    assign('u', t.reshape(u, [columns]));
    const sigma = t.sum(t.mul(v, t.matmul(matrix, u)));
    return t.div(weight, sigma);
  },
};

/** One column per output. */
function asMatrix(weight: t.Value, outputAxis: number): t.Value {
  const rank = weight.shape.length;
  const outputs = weight.shape[outputAxis]!;
  const others = weight.shape.flatMap((_, axis) => (axis === outputAxis ? [] : [axis]));
  const last = outputAxis === rank - 1 ? weight : t.transpose(weight, [...others, outputAxis]);
  return t.reshape(last, [t.sizeOf(weight.shape) / outputs, outputs]);
}

function unit(x: t.Value): t.Value {
  return t.mul(x, t.rsqrt(t.add(t.sum(t.square(x)), TINY)));
}
