import type { Source } from './source.ts';

export const idx: Source = {
  name: 'idx',
  summary: 'images and labels in IDX files, the format of MNIST',
  documentation: `
Any set in the format of the original MNIST, such as Fashion-MNIST or EMNIST, packed with gzip or not. Images are bytes,
\`[count, height, width]\` or with channels at the end; labels are whole numbers from 0.

\`\`\`
data clothes from idx(images: "data/train-images-idx3-ubyte.gz", labels: "data/train-labels-idx1-ubyte.gz") {
  image: [28, 28, 1] in [-1, 1]
  class: label(10)
}
\`\`\`
`,
  arguments: [
    { name: 'images', kind: 'string', summary: 'the file of images, relative to the spec' },
    {
      name: 'labels',
      kind: 'string',
      default: null,
      summary: 'the file of labels, where a field is a label',
    },
  ],
  gives: [{ kind: 'image' }, { kind: 'label' }],
};
