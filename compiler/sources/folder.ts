import type { Source } from './source.ts';

export const folder: Source = {
  name: 'folder',
  summary: 'image files in a folder; its subfolders are the classes',
  documentation: `
All PNG, JPEG and WebP files in a folder and the folders beneath it. Images are turned upright, scaled to cover the size
declared with their proportions kept, and cut to it around the middle. Grey is made colour, and colour grey, as
declared; transparency lies on white unless 4 channels are declared. Where a field is a label, the folders
directly in it are the classes, in natural order (\`2\` before \`10\`) from 0. Hidden files are passed over.

\`\`\`
data faces from folder("data/faces") {
  image: [64, 64, 3] in [-1, 1]
}
\`\`\`
`,
  arguments: [{ name: 'path', kind: 'string', summary: 'the folder, relative to the spec' }],
  gives: [{ kind: 'image' }, { kind: 'label' }],
};
