import type { Source } from './source.ts';

export const idx: Source = {
  name: 'idx',
  summary: 'images, and labels if wanted, in IDX files as MNIST and its relatives come',
  documentation: `
\`idx(images: "train-images-idx3-ubyte", labels: "train-labels-idx1-ubyte")\`, compressed (\`.gz\`) or not. Fields, in this order:
the image; the label, where \`labels\` is given. Fashion-MNIST, KMNIST and EMNIST have this form.

\`\`\`gan
data clothes from idx(images: "data/train-images-idx3-ubyte.gz", labels: "data/train-labels-idx1-ubyte.gz") {
  image: [28, 28, 1] in [-1, 1]
  class: label(10)
}
\`\`\`
`,
  arguments: [
    { name: 'images', kind: 'string', summary: 'path of the file of images, from the folder of the spec' },
    { name: 'labels', kind: 'string', summary: 'path of the file of labels', default: null },
  ],
  gives: [{ kind: 'image' }, { kind: 'label' }],
};
