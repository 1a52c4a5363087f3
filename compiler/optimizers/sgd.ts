import * as t from '../tensor/index.ts';
import type { Optimizer } from './optimizer.ts';

export const sgd: Optimizer = {
  name: 'sgd',
  summary: 'a step of lr against the gradient, with momentum if asked for',
  documentation: `
w = w − lr · g. With \`momentum\`, b = momentum · b + g (zero at first) takes the place of g; with \`nesterov: true\`, g +
momentum · b does, which looks one step ahead.

Sutskever et al., *On the importance of initialization and momentum in deep learning*, 2013.
`,
  arguments: [
    { name: 'lr', kind: 'scheduled', summary: 'the learning rate', default: 0.01, min: 0 },
    {
      name: 'momentum',
      kind: 'scheduled',
      summary: 'how much of the last step is repeated',
      default: 0,
      min: 0,
      max: 1,
    },
    { name: 'nesterov', kind: 'boolean', summary: 'whether momentum looks ahead', default: false },
  ],
  slots: (options) => (options.get('momentum') === 0 ? [] : ['momentum']),
  update({ weight, gradient, slots, option, flag }) {
    const lr = option('lr');
    if (!slots.momentum) return { weight: t.sub(weight, t.mul(gradient, lr)), slots: {} };
    const share = option('momentum');
    const momentum = t.add(t.mul(slots.momentum, share), gradient);
    const direction = flag('nesterov') ? t.add(gradient, t.mul(momentum, share)) : momentum;
    return { weight: t.sub(weight, t.mul(direction, lr)), slots: { momentum } };
  },
};
