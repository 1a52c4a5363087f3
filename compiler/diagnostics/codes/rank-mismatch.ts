import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { type Shown, shapeText } from '../wording.ts';

/** What a layer works on, in words. */
const NAMES = {
  vector: 'a vector [n]',
  sequence: 'a sequence [length, channels]',
  image: 'an image [height, width, channels]',
  clip: 'a clip [frames, height, width, channels]',
  picture: 'an image or a clip',
  timed: 'a sequence [length, channels] or a clip [frames, height, width, channels]',
  map: 'a sequence, an image or a clip',
  label: 'a label',
};

export const rankMismatch = defineDiagnostic<{
  readonly layer: string;
  readonly wanted: keyof typeof NAMES;
  readonly given: readonly Shown[];
}>({
  code: 'rank-mismatch',
  severity: 'error',
  number: 18,
  title: 'A layer for another kind of tensor',
  message: ({ layer, wanted, given }) => `${layer} takes ${NAMES[wanted]}, but gets ${kindOf(given)}`,
  label: ({ given }) => `${shapeText(given)} arrives here`,
  help({ layer, wanted, given }) {
    if (wanted === 'vector' && given.length > 1) {
      const before = 'put flatten or global_avg_pool before it';
      return given.length === 2 ? `${before}, or write per_frame { ${layer} } for each place of it` : before;
    }
    // conv2d has sisters for other numbers of axes.
    const axes = given.length - 1;
    const sister = axes >= 1 && axes <= 3 ? layer.replace(/[123]d/, `${axes}d`) : layer;
    const use = sister === layer ? null : `use ${sister}`;
    if (wanted === 'image' && given.length === 4)
      return [`write per_frame { ${layer} }`, ...(use ? [use] : [])].join(', or ');
    if (use) return use;
    if (given.length === 1) return 'make a map of the numbers first, with dense and reshape';
    return null;
  },
  explanation: `
A layer works on one kind of tensor: \`dense\` on a vector \`[n]\`, \`conv2d\` on an image \`[height, width, channels]\`,
\`conv3d\` on a clip \`[frames, height, width, channels]\`. Some frameworks apply a dense layer to the last axis of
anything; a discriminator then gives one score per pixel where one per image was meant, and no one notices.

**What to do.** Before \`dense\`, write \`flatten\` (keeps every place) or \`global_avg_pool\` (keeps only what is
there, not where); for every vector of a sequence, \`per_frame { dense(64) }\`. Before a convolution on noise, write
\`dense(4*4*256) -> reshape(4, 4, 256)\`. For a clip, use \`conv3d\`, or \`per_frame { … }\` around layers for images.
`,
  bad: exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> dense(1)
}`,
  }),
  good: exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
  }),
});

function kindOf(shape: readonly Shown[]): string {
  const kind = ['one number', 'a vector', 'a sequence', 'an image', 'a clip'][shape.length];
  return kind ? `${kind} ${shapeText(shape)}` : shapeText(shape);
}
