import type { Source } from './source.ts';

export const framesFolder: Source = {
  name: 'frames_folder',
  summary: 'clips as folders of frame images',
  documentation: `
Every folder beneath the given one that holds images is a clip, its images the frames in natural order. Of a longer clip
each draw takes as many frames in a row as declared, from a place that the seed decides; shorter clips are passed over.

\`\`\`
data clips from frames_folder("data/clips") {
  video: [16, 64, 64, 3] in [-1, 1]
}
\`\`\`
`,
  arguments: [{ name: 'path', kind: 'string', summary: 'the folder of clips, relative to the spec' }],
  gives: [{ kind: 'video' }],
};
