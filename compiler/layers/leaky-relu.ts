import * as t from '../tensor/index.ts';
import { defineElementwise, rising } from './parts/activation.ts';

export const leakyRelu = defineElementwise({
  name: 'leaky_relu',
  summary: 'x above 0, slope · x below',
  documentation: `
Any shape. The default slope of 0.2 is that of DCGAN and most discriminators since (PyTorch's is 0.01, Keras's 0.3).

Maas, Hannun & Ng, *Rectifier Nonlinearities Improve Neural Network Acoustic Models*, 2013. Radford, Metz & Chintala,
*Unsupervised Representation Learning with DCGANs*, 2016.
`,
  arguments: [{ name: 'slope', kind: 'number', summary: 'the factor below 0', default: 0.2, min: 0, max: 1 }],
  range: (x, args) => rising((value) => (value < 0 ? value * args.number('slope') || 0 : value))(x),
  apply: (x, args) => t.leakyRelu(x, args.number('slope')),
  examples: [
    { call: 'leaky_relu', inputs: [[7]], output: [7] },
    { call: 'leaky_relu(0.01)', inputs: [[3, 2, 2]], output: [3, 2, 2] },
  ],
});
