import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

export const unknownLayer = defineDiagnostic<{
  readonly name: string;
  /** What was looked for: `layer`, `loss`, `optimizer`, `schedule`, `distribution`, `source`, `penalty`. */
  readonly kind: string;
  /** The name to use instead. */
  readonly suggestion: string | null;
  /** Whose spelling it is, when it is that of a framework: `PyTorch`, `Keras`. */
  readonly spelling: string | null;
  /** What the name stands for where it is called, when that is something else: `a tensor of shape [3]`. */
  readonly is?: string;
}>({
  code: 'unknown-layer',
  severity: 'error',
  number: 2,
  title: 'A layer that does not exist',
  message: ({ name, kind, is }) =>
    is ? `\`${name}\` is ${is} here, and cannot be called` : `there is no ${kind} called \`${name}\``,
  label: ({ suggestion }) => (suggestion ? `did you mean \`${suggestion}\`?` : ''),
  notes: ({ name, suggestion, spelling }) =>
    suggestion && spelling ? [`${name} is how ${spelling} spells it.`] : [],
  help: ({ name, kind, suggestion, is }) =>
    suggestion
      ? null
      : is
        ? `give it another name, if a layer, loss or function called ${name} is meant`
        : kind === 'layer' && /^[A-Z]/.test(name)
          ? `declare it: module ${name}(x: [H, W, C]) -> [H, W, C] { … }`
          : `run \`ganc explain ${kind}\` to see every ${kind}`,
  explanation: `
No built-in layer, module or network has this name. Built-in layers are written in \`snake_case\` (\`conv2d\`,
\`batch_norm\`, \`leaky_relu\`), modules of your own in \`PascalCase\`. The same goes for losses, optimizers,
schedules, distributions and data sources.

The spellings of PyTorch (\`BatchNorm2d\`, \`ConvTranspose2d\`, \`Linear\`) and Keras (\`Conv2D\`, \`Dense\`,
\`LeakyReLU\`) are known, and the name used here is offered as a fix. Their defaults differ from each other:
\`ganc explain LAYER\` tells which ones hold here.

**What to do.** Use the suggested name; \`ganc explain\` without a name lists them all.
`,
  bad: exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> Conv2D(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
  }),
  good: exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
  }),
});
