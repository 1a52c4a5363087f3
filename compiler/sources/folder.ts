import type { Source } from './source.ts';

export const folder: Source = {
  name: 'folder',
  summary: 'all PNG, JPEG and WebP images beneath a folder',
  documentation: `
\`folder("data/faces")\`: the images beneath it, scaled to cover the declared size and cut to it around the
middle. Fields, in this order: the image; if wanted, a label, for which every folder directly in it is a class, in natural order from 0.

\`\`\`gan
data faces from folder("data/faces") {
  image: [64, 64, 3] in [-1, 1]
}
\`\`\`
`,
  arguments: [{ name: 'path', kind: 'string', summary: 'the folder, from the folder of the spec' }],
  gives: [{ kind: 'image' }, { kind: 'label' }],
};
