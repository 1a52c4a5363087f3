import type { Source } from './source.ts';

export const framesFolder: Source = {
  name: 'frames_folder',
  summary: 'clips: every folder that holds images is one, its images the frames',
  documentation: `
\`frames_folder("data/clips")\`. Fields, in this order: the clip, [frames, height, width, channels]; if wanted, a label, for which
every folder directly in it is a class, in natural order from 0. Frames are taken in natural order of their names; of a longer
clip, each draw takes as many in a row as declared, from a random place. A film becomes such a folder by
\`ffmpeg -i film.mp4 data/clips/film/%05d.png\`.

\`\`\`gan
data clips from frames_folder("data/clips") {
  video: [16, 64, 64, 3] in [-1, 1]
}
\`\`\`
`,
  arguments: [
    { name: 'path', kind: 'string', summary: 'the folder of the clips, from the folder of the spec' },
  ],
  gives: [{ kind: 'video' }, { kind: 'label' }],
};
