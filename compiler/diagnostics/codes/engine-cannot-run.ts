import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { listText } from '../wording.ts';

const judged = (activation: string) =>
  exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> ${activation}
    -> flatten -> dense(1)
}`,
  });

export const engineCannotRun = defineDiagnostic<{
  /** `wasm` */
  readonly engine: string;
  /** What it lacks: a primitive of ours, `erf`. */
  readonly primitive: string;
  /** The layer that is computed with it, `G/gelu`, or what else: a loss, an optimizer. */
  readonly where: string;
  /** Other engines that are installed. */
  readonly others: readonly string[];
}>({
  code: 'engine-cannot-run',
  severity: 'error',
  number: 55,
  title: 'Something that an engine cannot compute',
  message: ({ engine, primitive, where }) =>
    `the engine ${engine} cannot run ${where}, as it has no ${primitive}`,
  label: ({ primitive }) => `computed with ${primitive}`,
  help: ({ others }) =>
    others.length > 0 ? `pass --engine ${listText(others, 'or')}` : 'use another layer in its place',
  explanation: `
Layers, losses and optimizers are written in a small set of primitives, and an engine has a kernel for each, or is given
others that come to the same. All primitives run on all engines that come with ganc; but an engine is as good as what is
installed: an older or a stripped TensorFlow may lack a kernel. That is found out before the first step is taken, not in
the middle of it.

**What to do.** Choose another engine with \`--engine\`; without it, the best one that can run the spec is used. \`ganc
engines\` lists what is there, and \`ganc explain PRIMITIVE\` says what the primitive is.

Abadi et al., *TensorFlow: A System for Large-Scale Machine Learning*, 2016: kernels are registered for each device.
`,
  bad: judged('gelu'),
  good: judged('leaky_relu(0.2)'),
  scene: {
    play: 'open it on an engine',
    without: 'Erf',
    about: 'D/gelu',
    facts: { engine: 'stripped', primitive: 'erf', where: 'D/gelu', others: [] },
  },
});
