import { defineLayer } from '../layers/layer.ts';
import * as t from '../tensor/index.ts';

export const shuffle = defineLayer({
  name: 'shuffle',
  summary: "gives every example its neighbour's value",
  documentation: `
Tensors of any shape, and labels. Every example of the batch gets the value of the next one, and the last that of the first;
batches are drawn at random, so that is somebody else's value, drawn at random. A judge can so be shown wrong pairs to learn that
they are wrong: \`D(real, shuffle(y))\` beside \`D(real, y)\`.

Reed et al., *Generative Adversarial Text to Image Synthesis*, 2016, section 4.2 (GAN-CLS).
`,
  inputs: 'one',
  arguments: [],
  takesLabel: 'too',
  mixesExamples: true,
  shape: ({ inputs: [x] }) => x!,
  range: ([x]) => x!,
  lower({ inputs: [x] }) {
    const [batch, ...rest] = x!.shape as [number, ...number[]];
    if (batch === 1) return x!;
    const begin = rest.map(() => 0);
    const first = t.slice(x!, [0, ...begin], [1, ...rest]);
    const others = t.slice(x!, [1, ...begin], [batch - 1, ...rest]);
    return t.concat([others, first], 0);
  },
  examples: [
    { call: 'shuffle', inputs: [[3]], output: [3] },
    { call: 'shuffle', inputs: [[2, 2, 3]], output: [2, 2, 3] },
  ],
});
