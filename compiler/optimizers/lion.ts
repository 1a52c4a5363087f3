import * as t from '../tensor/index.ts';
import { decayArgument, decayed } from './decay.ts';
import { moved } from './moved.ts';
import type { Optimizer } from './optimizer.ts';

export const lion: Optimizer = {
  name: 'lion',
  summary: 'steps of exactly lr, each way as the smoothed gradient points',
  documentation: `
w = w · (1 − lr · decay) − lr · sign(beta1 · m + (1 − beta1) · g), then m = beta2 · m + (1 − beta2) · g, zero at first. It keeps half of
what \`adam\` keeps. Every weight moves by lr, however small its gradient: the paper advises a learning rate 3 to 10 times smaller
than Adam's, and a decay as many times larger.

Chen et al., *Symbolic Discovery of Optimization Algorithms*, 2023.
`,
  arguments: [
    { name: 'lr', kind: 'scheduled', summary: 'the learning rate', default: 0.0001, min: 0 },
    {
      name: 'beta1',
      kind: 'scheduled',
      summary: 'how much of the smoothed gradient goes into a step',
      default: 0.9,
      min: 0,
      max: 1,
    },
    {
      name: 'beta2',
      kind: 'scheduled',
      summary: 'how much of the smoothed gradient stays',
      default: 0.99,
      min: 0,
      max: 1,
    },
    { ...decayArgument, default: 0 },
  ],
  isStep: true,
  slots: () => ['m'],
  update(query) {
    const { gradient, slots, option } = query;
    const direction = t.sign(moved(slots.m!, gradient, option('beta1')));
    return {
      weight: t.sub(decayed(query), t.mul(direction, option('lr'))),
      slots: { m: moved(slots.m!, gradient, option('beta2')) },
    };
  },
};
