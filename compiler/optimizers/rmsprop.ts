import * as t from '../tensor/index.ts';
import { moved } from './moved.ts';
import type { Optimizer } from './optimizer.ts';

export const rmsprop: Optimizer = {
  name: 'rmsprop',
  summary: 'steps of about lr along the gradient, scaled by its recent size',
  documentation: `
v = rho · v + (1 − rho) · g², zero at first; then w = w − lr · g / (√v + epsilon). It has no momentum, which is why the first
Wasserstein critics took it. rho 0.99 and epsilon 1e-8 are PyTorch's defaults, which those used; Keras has 0.9 and 1e-7.

Tieleman & Hinton, *Lecture 6.5: RMSprop*, 2012. Arjovsky, Chintala & Bottou, *Wasserstein GAN*, 2017.
`,
  arguments: [
    { name: 'lr', kind: 'scheduled', summary: 'the learning rate', default: 0.001, min: 0 },
    {
      name: 'rho',
      kind: 'scheduled',
      summary: 'how much of the smoothed square stays',
      default: 0.99,
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
  ],
  slots: () => ['v'],
  update({ weight, gradient, slots, option }) {
    const v = moved(slots.v!, t.square(gradient), option('rho'));
    const step = t.div(t.mul(gradient, option('lr')), t.add(t.sqrt(v), option('epsilon')));
    return { weight: t.sub(weight, step), slots: { v } };
  },
};
