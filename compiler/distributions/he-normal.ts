import { defineScaledByFan } from './scaled-by-fan.ts';

export const heNormal = defineScaledByFan({
  name: 'he_normal',
  summary: 'a bell curve of standard deviation √(2 / fan in): for layers before a relu',
  documentation: `
As \`he_uniform\`, with a bell curve, whose tails are not cut off.

He et al., *Delving Deep into Rectifiers*, 2015.
`,
  shape: 'normal',
  std: (fanIn) => Math.sqrt(2 / fanIn),
});
