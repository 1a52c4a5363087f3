import { defineScaledByFan } from './scaled-by-fan.ts';

export const glorotNormal = defineScaledByFan({
  name: 'glorot_normal',
  summary: 'a bell curve of standard deviation √(2 / (fan in + fan out))',
  documentation: `
As \`glorot_uniform\`, with a bell curve, whose tails are not cut off (Keras cuts them at 2 standard deviations).

Glorot & Bengio, *Understanding the difficulty of training deep feedforward neural networks*, 2010.
`,
  shape: 'normal',
  std: (fanIn, fanOut) => Math.sqrt(2 / (fanIn + fanOut)),
});
