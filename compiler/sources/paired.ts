import type { Source } from './source.ts';

export const paired: Source = {
  name: 'paired',
  summary: 'two folders of images that belong together by name',
  documentation: `
Images of the same name in two folders are one example: \`sketch/12.png\` and \`photo/12.jpg\`. The first field is of the
first folder. Partners must have the same proportions, as both are scaled and cut in the same way; images without a
partner are listed and passed over.

\`\`\`
data facades from paired("data/facades/sketch", "data/facades/photo") {
  sketch: [256, 256, 3] in [-1, 1]
  photo:  [256, 256, 3] in [-1, 1]
}
\`\`\`
`,
  arguments: [
    { name: 'a', kind: 'string', summary: 'the folder of the first field, relative to the spec' },
    { name: 'b', kind: 'string', summary: 'the folder of the second field' },
  ],
  gives: [{ kind: 'image' }, { kind: 'image' }],
};
