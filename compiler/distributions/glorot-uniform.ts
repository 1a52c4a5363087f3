import { defineScaledByFan } from './scaled-by-fan.ts';

export const glorotUniform = defineScaledByFan({
  name: 'glorot_uniform',
  summary: 'evenly within ±√(6 / (fan in + fan out)): the default of every kernel',
  documentation: `
Keeps the size of activations and of gradients about the same from layer to layer. For a convolution, fan in is window ×
input channels and fan out window × filters. \`gain\` multiplies it.

Glorot & Bengio, *Understanding the difficulty of training deep feedforward neural networks*, 2010.
`,
  shape: 'uniform',
  std: (fanIn, fanOut) => Math.sqrt(2 / (fanIn + fanOut)),
});
