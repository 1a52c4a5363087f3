import { partArgument } from './part.ts';
import type { Source } from './source.ts';

export const cifar10: Source = {
  name: 'cifar10',
  summary: 'small photos, 32 × 32 in colour, 10 classes',
  documentation: `
The 50,000 photos of CIFAR-10 (Krizhevsky, 2009) from the original binary files. They are not downloaded: unpack
\`cifar-10-binary.tar.gz\` from https://www.cs.toronto.edu/~kriz/cifar.html beside the spec, into \`data/\`.

\`\`\`
data cifar from cifar10() {
  image: [32, 32, 3] in [-1, 1]
  class: label(10)
}
\`\`\`
`,
  arguments: [
    {
      name: 'path',
      kind: 'string',
      default: 'data/cifar-10-batches-bin',
      summary: 'the folder of data_batch_1.bin to data_batch_5.bin and test_batch.bin',
    },
    partArgument,
  ],
  gives: [{ kind: 'image' }, { kind: 'label', classes: 10 }],
};
