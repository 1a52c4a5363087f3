import * as t from '../tensor/index.ts';
import { adamArguments } from './adam.ts';
import { moved } from './moved.ts';
import type { Optimizer } from './optimizer.ts';

export const adabelief: Optimizer = {
  name: 'adabelief',
  summary: 'steps of about lr along a smoothed gradient, long where gradients are as foretold',
  documentation: `
m = beta1 · m + (1 − beta1) · g and s = beta2 · s + (1 − beta2) · (g − m)² + epsilon, both zero at first; then
w = w − lr · m̂ / (√ŝ + epsilon), with m̂ = m / (1 − beta1ᵗ) and ŝ = s / (1 − beta2ᵗ) at the t-th update. Where \`adam\` divides by
the size of a gradient, this divides by how far it is from the one that was expected.

The paper's GANs take \`lr: 2e-4, beta1: 0.5, epsilon: 1e-12\`.

Zhuang et al., *AdaBelief Optimizer: Adapting Stepsizes by the Belief in Observed Gradients*, 2020.
`,
  arguments: adamArguments,
  slots: () => ['m', 's'],
  update({ weight, gradient, slots, option, count }) {
    const [beta1, beta2, epsilon] = [option('beta1'), option('beta2'), option('epsilon')];
    const m = moved(slots.m!, gradient, beta1);
    const s = t.add(moved(slots.s!, t.square(t.sub(gradient, m)), beta2), epsilon);
    const [mean, spread] = [corrected(m, beta1, count), corrected(s, beta2, count)];
    const step = t.div(t.mul(mean, option('lr')), t.add(t.sqrt(spread), epsilon));
    return { weight: t.sub(weight, step), slots: { m, s } };
  },
};

/** An average that was zero at first, without the pull towards zero that it has from there. */
function corrected(average: t.Value, share: t.Value, count: t.Value): t.Value {
  return t.div(average, t.sub(1, t.pow(share, count)));
}
