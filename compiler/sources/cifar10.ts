import { partArgument } from './part-argument.ts';
import type { Source } from './source.ts';

export const cifar10: Source = {
  name: 'cifar10',
  summary: '50,000 colour photographs of 10 kinds, 32 × 32, from the original binary files',
  documentation: `
Fields, in this order: the image, [32, 32, 3], and, if wanted, its kind, \`label(10)\`. The files are not downloaded: unpack
cifar-10-binary.tar.gz into the folder \`path\`. \`part: "test"\` gives the 10,000 test images.

Krizhevsky, *Learning Multiple Layers of Features from Tiny Images*, 2009.

\`\`\`gan
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
      summary: 'the folder of the files, from the folder of the spec',
      default: 'data/cifar-10-batches-bin',
    },
    partArgument,
  ],
  gives: [
    { kind: 'image', size: [32, 32], channels: 3 },
    { kind: 'label', classes: 10 },
  ],
};
