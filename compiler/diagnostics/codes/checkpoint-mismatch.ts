import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { shapeText } from '../wording.ts';

const ring = (width: number) =>
  exampleSpec({
    data: 'data ring from gaussians.ring() {\n  point: [2]\n}',
    generator: `generator G(z) -> ring.point {\n  z -> dense(${width}) -> relu -> dense(2)\n}`,
    discriminator: `discriminator D(x: ring.point) -> [1] {\n  x -> dense(32) -> leaky_relu(0.2) -> dense(1)\n}`,
    train: exampleTrain({ real: 'ring.point' }),
  });

interface Stored {
  /** `G/dense/kernel` */
  readonly path: string;
  readonly shape: readonly number[];
  /** The path on the other side that is most like it; null for none. */
  readonly near: string | null;
}

export const checkpointMismatch = defineDiagnostic<{
  /** The file that holds the weights. */
  readonly file: string;
  /** Whether the whole spec must be the same, or only the networks whose weights are used. */
  readonly needs: 'the same spec' | 'its networks';
  /** In both, but of another shape or kind. */
  readonly changed: readonly {
    readonly path: string;
    readonly saved: readonly number[];
    readonly wanted: readonly number[];
    /** The kind of numbers that the spec has, where it is that which differs. */
    readonly kind: string | null;
  }[];
  readonly onlySaved: readonly Stored[];
  readonly onlyWanted: readonly Stored[];
}>({
  code: 'checkpoint-mismatch',
  severity: 'error',
  number: 58,
  title: 'Weights of a different spec',
  message: ({ file, changed, onlySaved, onlyWanted }) =>
    `${file} was trained with a different spec${
      changed.length + onlySaved.length + onlyWanted.length > 0
        ? ', so its weights do not fit'
        : ': its weights fit, but data, losses or optimizers differ'
    }`,
  label({ changed, onlySaved, onlyWanted }) {
    if (changed.length > 0) return 'not as it was when it was trained';
    if (onlyWanted.length > 0) return 'not there when it was trained';
    return onlySaved.length > 0 ? 'something has gone since it was trained' : '';
  },
  notes: ({ changed, onlySaved, onlyWanted }) => [
    ...lines(changed, ({ path, saved, wanted, kind }) =>
      kind === null
        ? `${path} is ${shapeText(saved)} there and ${shapeText(wanted)} in the spec`
        : `${path} is of another kind there than in the spec (${kind})`,
    ),
    ...lines(onlySaved, (stored) => `only there: ${storedText(stored)}`),
    ...lines(onlyWanted, (stored) => `only in the spec: ${storedText(stored)}`),
  ],
  help: ({ needs }) =>
    needs === 'its networks'
      ? 'use a spec whose networks are those that were trained'
      : 'use the spec as the run folder has it, or start a new run in another folder with --out',
  explanation: `
A checkpoint holds every weight under the path of its layer, \`G/dense/kernel\`, with what the optimizer keeps for it.
It fits only the spec that it was trained with: another number of filters is another shape, and a layer that is added or
taken out gives those after it other names (\`conv2d\` becomes \`conv2d.2\`). Even where all shapes fit, other losses or
data would make another training of it, which could not be repeated.

The lists name what differs, each weight once: what an optimizer or an average keeps for it differs with it.

**What to do.** A run keeps its spec: \`ganc train RUN --resume\` and \`ganc sample RUN\` need no other. For a changed
spec begin a new run. How long a training is to be, comments and layout may change.

The format is that of safetensors, with the spec in its metadata.
`,
  bad: ring(64),
  good: ring(32),
  scene: {
    play: 'resume',
    trained: ring(32),
    about: 'G/dense/kernel',
    facts: {
      file: 'step-00000040.safetensors',
      needs: 'the same spec',
      changed: [
        { path: 'G/dense/kernel', saved: [8, 32], wanted: [8, 64], kind: null },
        { path: 'G/dense/bias', saved: [32], wanted: [64], kind: null },
        { path: 'G/dense.2/kernel', saved: [32, 2], wanted: [64, 2], kind: null },
      ],
      onlySaved: [],
      onlyWanted: [],
    },
  },
});

/** Lines of one list that a message shows. */
const MOST_LINES = 8;

function lines<T>(entries: readonly T[], text: (entry: T) => string): string[] {
  const shown = entries.slice(0, MOST_LINES).map(text);
  return entries.length > shown.length ? [...shown, `and ${entries.length - shown.length} more`] : shown;
}

function storedText({ path, shape, near }: Stored): string {
  return `${path} ${shapeText(shape)}${near ? `, most like ${near}` : ''}`;
}
