import type { Argument } from '../arguments/argument.ts';
import * as t from '../tensor/index.ts';
import { moved } from './moved.ts';
import type { Optimizer, OptimizerQuery } from './optimizer.ts';

/** What Adam and those made of it take. */
export const adamArguments: readonly Argument[] = [
  { name: 'lr', kind: 'scheduled', summary: 'the learning rate', default: 0.001, min: 0 },
  {
    name: 'beta1',
    kind: 'scheduled',
    summary: 'how much of the smoothed gradient stays',
    default: 0.9,
    min: 0,
    max: 1,
  },
  {
    name: 'beta2',
    kind: 'scheduled',
    summary: 'how much of the smoothed square stays',
    default: 0.999,
    min: 0,
    max: 1,
  },
  {
    name: 'epsilon',
    kind: 'scheduled',
    summary: 'keeps the quotient finite where gradients are zero',
    default: 1e-8,
    min: 0,
  },
];

/** One step for the gradient as it is. */
export function adamStep({ weight, gradient, slots, option, count }: OptimizerQuery) {
  const [beta1, beta2] = [option('beta1'), option('beta2')];
  const m = slots.m ? moved(slots.m, gradient, beta1) : gradient;
  const v = moved(slots.v!, t.square(gradient), beta2);
  // Both corrections are one number each, so they go into the learning rate and epsilon:
  // lr · (m / c1) / (√(v / c2) + ε) = (lr · √c2 / c1) · m / (√v + ε · √c2).
  const root = t.sqrt(t.sub(1, t.pow(beta2, count)));
  const correction = slots.m ? t.div(root, t.sub(1, t.pow(beta1, count))) : root;
  const rate = t.mul(option('lr'), correction);
  const step = t.div(t.mul(m, rate), t.add(t.sqrt(v), t.mul(option('epsilon'), root)));
  return { weight: t.sub(weight, step), slots: slots.m ? { m, v } : { v } };
}

export const adam: Optimizer = {
  name: 'adam',
  summary: 'steps of about lr along a smoothed gradient, scaled by its recent size',
  documentation: `
m = beta1 · m + (1 − beta1) · g and v = beta2 · v + (1 − beta2) · g², both zero at first; then
w = w − lr · m̂ / (√v̂ + epsilon), with m̂ = m / (1 − beta1ᵗ) and v̂ = v / (1 − beta2ᵗ) at the t-th update.

The defaults are the paper's. DCGAN takes \`lr: 2e-4, beta1: 0.5\`; critics under a gradient penalty take \`beta1: 0,
beta2: 0.9\`, and then no m is kept. (Keras's epsilon is 1e-7.)

With \`l2\`, g is the gradient plus l2 · w, as if l2/2 · Σw² stood in the loss: PyTorch's \`weight_decay\`. Adam's scaling then evens out
much of it; \`adamw\` draws all weights towards 0 alike.

Kingma & Ba, *Adam: A Method for Stochastic Optimization*, 2015.
`,
  arguments: [
    ...adamArguments,
    {
      name: 'l2',
      kind: 'scheduled',
      summary: 'so many times a weight is added to its gradient',
      default: 0,
      min: 0,
    },
  ],
  slots: (options) => (options.get('beta1') === 0 ? ['v'] : ['m', 'v']),
  update(query) {
    const { weight, gradient, option } = query;
    const l2 = option('l2');
    if (l2.builder.constantOf(l2) === 0) return adamStep(query);
    return adamStep({ ...query, gradient: t.add(gradient, t.mul(weight, l2)) });
  },
};
