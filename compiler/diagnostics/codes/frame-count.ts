import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { countText, journeyText, type Shown } from '../wording.ts';

const clips = (first: number) =>
  exampleSpec({
    data: `
data clips from frames_folder("data/clips") {
  video: [8, 16, 16, 3] in [-1, 1]
}`,
    generator: `
generator G(z) -> clips.video {
  z -> dense(${first} * 8*8 * 8) -> reshape(${first}, 8, 8, 8) -> relu
    -> conv3d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
    discriminator: `
discriminator D(x: clips.video) -> [1] {
  x -> conv3d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
    train: exampleTrain({ real: 'clips.video' }),
  });

export const frameCount = defineDiagnostic<
  /** A network makes another number of frames than it promises. */
  | {
      readonly problem: 'made';
      readonly network: string;
      readonly made: Shown;
      /** What it promises to make: `clips.video`; null for a shape of its own. */
      readonly wantedName: string | null;
      readonly wanted: Shown;
      /** The frames on their way through the layer or loop that the report points at. */
      readonly journey: readonly Shown[];
    }
  /** More frames are picked of a clip than it has, or frames that lie beyond its end: the last would be number `last`. */
  | { readonly problem: 'picked'; readonly wanted: Shown; readonly frames: Shown; readonly last?: number }
  /** The clips of a folder are shorter than declared. */
  | {
      readonly problem: 'short';
      readonly field: string;
      readonly wanted: number;
      readonly folder: string;
      readonly longest: string;
      readonly frames: number;
    },
  'declared'
>({
  code: 'frame-count',
  severity: 'error',
  number: 54,
  title: 'Clips of different lengths',
  message(facts) {
    switch (facts.problem) {
      case 'made': {
        const { network, made, wantedName, wanted } = facts;
        return `${network} makes ${made} frames, but ${wantedName ? `${wantedName} has` : 'its signature says'} ${wanted}`;
      }
      case 'picked':
        return facts.last === undefined
          ? `pick_frames takes ${facts.wanted} frames of a clip that has ${facts.frames}`
          : `pick_frames takes frames up to number ${facts.last} of a clip that has ${facts.frames}`;
      case 'short': {
        const { field, wanted, folder, longest, frames } = facts;
        return `${field} has ${wanted} frames, but the longest clip in ${folder}, ${longest}, has ${frames}`;
      }
    }
  },
  label(facts) {
    if (facts.problem === 'picked') return `at most ${facts.frames}`;
    if (facts.problem === 'short') return `${countText(facts.wanted, 'frame')} declared`;
    return facts.journey.length > 1
      ? `${journeyText(facts.journey)} frames here`
      : `makes ${facts.made} frames`;
  },
  labels: { declared: (facts) => `${facts.wanted} frames` },
  help(facts) {
    switch (facts.problem) {
      case 'made':
        return `let the strides along time lead to ${facts.wanted}, or declare clips of ${facts.made} frames`;
      case 'picked':
        return facts.last === undefined
          ? `pick ${facts.frames} or fewer`
          : 'pick fewer, begin earlier, or take them closer together';
      case 'short':
        return `declare clips of at most ${countText(facts.frames, 'frame')}`;
    }
  },
  explanation: `
A clip is [frames, height, width, channels], and the number of frames is as fixed as the height. A generator makes as
many as its strides along time lead to; \`pick_frames\` can take no more than there are; and of the files a clip is used
only if it has as many frames as the spec declares (of a longer one, a stretch of that length from a random place).

**What to do.** Count the doublings along time: \`conv3d_transpose(…, stride: 2)\` doubles frames, height and width,
\`stride: [1, 2, 2]\` leaves the frames as they are. Or declare shorter clips: \`param frames = 16\`, used in the data
and the generator, keeps both alike.

Vondrick, Pirsiavash & Torralba, *Generating Videos with Scene Dynamics*, 2016: 32 frames, doubled from 2.
`,
  bad: clips(2),
  good: clips(4),
});
