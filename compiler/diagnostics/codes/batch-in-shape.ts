import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

export const batchInShape = defineDiagnostic<{
  /** The shape as written: `[None, 64, 64, 3]`. */
  readonly written: string;
  /** The entry that stands for the batch: `None`. */
  readonly batch: string;
  /** The shape without it: `[64, 64, 3]`. */
  readonly without: string;
}>({
  code: 'batch-in-shape',
  severity: 'error',
  number: 8,
  title: 'A shape that includes the batch',
  message: ({ written, without }) => `the batch is implied: write ${without} instead of ${written}`,
  label: ({ batch }) => `${batch} stands for the batch`,
  help: ({ without }) => `write ${without}`,
  explanation: `
Shapes describe one example. The batch is never written: its size is the option \`batch:\` of \`train\`, and the same
network works with any. \`[None, 64, 64, 3]\`, \`[batch, 64, 64, 3]\`, \`[B, 64, 64, 3]\` and \`[-1, 64, 64, 3]\` would
all mean a clip of pictures here, because a shape with four sizes is \`[frames, height, width, channels]\`.

**What to do.** Leave the first size out.
`,
  bad: exampleSpec({
    data: `
data faces from folder("data/faces") {
  image: [None, 16, 16, 3] in [-1, 1]
}`,
  }),
  good: exampleSpec(),
});
