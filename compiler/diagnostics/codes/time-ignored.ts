import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { listText } from '../wording.ts';

const judged = (judge: string) =>
  exampleSpec({
    data: `
data clips from frames_folder("data/clips") {
  video: [8, 16, 16, 3] in [-1, 1]
}`,
    generator: `
generator G(z) -> clips.video {
  z -> dense(4 * 8*8 * 8) -> reshape(4, 8, 8, 8) -> relu
    -> conv3d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
    discriminator: `
discriminator D(x: clips.video) -> [8, 1] {
  x -> ${judge}
}`,
    train: exampleTrain({ real: 'clips.video' }),
  });

export const timeIgnored = defineDiagnostic<
  {
    readonly maker: string;
    /** Frames of a clip. */
    readonly frames: number;
    /** The networks that judge it, frame by frame. */
    readonly judges: readonly string[];
  },
  'maker'
>({
  code: 'time-ignored',
  severity: 'warning',
  number: 53,
  title: 'Clips whose motion nobody judges',
  message: ({ maker, judges }) =>
    `nothing judges how the clips of ${maker} move: ${listText(judges)} ${judges.length === 1 ? 'looks' : 'look'} at one frame at a time`,
  label: () => 'one frame at a time',
  labels: { maker: ({ frames }) => `${frames} frames, in an order that does not matter to any loss` },
  notes: () => ['Frames that have nothing to do with each other would be as good as a clip that moves.'],
  help: () =>
    'add a judge of the whole clip with conv3d layers, or join the frames before the score: flatten -> dense(1)',
  explanation: `
\`per_frame\` makes every frame an example of its own. A judge that is built of nothing else gives each frame a score
and never sees two together: it can tell a blurred frame from a sharp one, but not a jump from a movement. With no other
loss on the clip, the generator learns a heap of pictures.

**What to do.** Add a second judge that sees time: \`conv3d\` over the clip, or a recurrent layer over what
\`per_frame\` makes of each frame. A judge of single frames beside it is good practice, as in MoCoGAN and DVD-GAN.

Vondrick, Pirsiavash & Torralba, *Generating Videos with Scene Dynamics*, 2016. Tulyakov et al., *MoCoGAN*, 2018. Clark
et al., *Adversarial Video Generation on Complex Datasets*, 2019.
`,
  bad: judged('per_frame { conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1) }'),
  good: judged('per_frame { conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten } -> gru(1)'),
});
