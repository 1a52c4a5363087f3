import { defineScaledByFan } from './scaled-by-fan.ts';

export const heUniform = defineScaledByFan({
  name: 'he_uniform',
  summary: 'evenly within ±√(6 / fan in): for layers before a relu',
  documentation: `
Keeps the size of activations where a relu sets half of them to zero. \`gain\` multiplies it.

He et al., *Delving Deep into Rectifiers*, 2015.
`,
  shape: 'uniform',
  std: (fanIn) => Math.sqrt(2 / fanIn),
});
