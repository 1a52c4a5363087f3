import type { Source } from './source.ts';

export const paired: Source = {
  name: 'paired',
  summary: 'pairs of images of the same name in two folders',
  documentation: `
\`paired("data/sketch", "data/photo")\`: two fields, in the order of the folders. The image of the same name in the other folder is
its partner.

\`\`\`gan
data facades from paired("data/facades/sketch", "data/facades/photo") {
  sketch: [256, 256, 3] in [-1, 1]
  photo:  [256, 256, 3] in [-1, 1]
}
\`\`\`
`,
  arguments: [
    { name: 'a', kind: 'string', summary: 'the folder of the first field, from the folder of the spec' },
    { name: 'b', kind: 'string', summary: 'the folder of the second field' },
  ],
  gives: [{ kind: 'image' }, { kind: 'image' }],
};
