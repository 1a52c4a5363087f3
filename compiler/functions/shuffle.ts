import { defineLayer } from '../layers/layer.ts';
import { neighbour } from './neighbour.ts';

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
  lower: ({ inputs: [x] }) => neighbour(x!, 1),
  examples: [
    { call: 'shuffle', inputs: [[3]], output: [3] },
    { call: 'shuffle', inputs: [[2, 2, 3]], output: [2, 2, 3] },
  ],
});
