import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { listText } from '../wording.ts';

const train = (judged: string) =>
  exampleSpec({
    train: exampleTrain({ G: { loss: `bce(D(${judged}), 1)` } }),
  });

export const updateHasNoEffect = defineDiagnostic<{
  /** The network that is to be trained: `G`. */
  readonly network: string;
  /** All networks of the update, as written: `G`, `D, Whole`. */
  readonly update: string;
  /** What the loss does use, as written: `['D', 'real']`. */
  readonly uses: readonly string[];
  /** A binding that the network made: `fake`. */
  readonly made: string | null;
  /** The loss with that binding in it: `bce(D(fake), 1)`. */
  readonly suggestion: string | null;
}>({
  code: 'update-has-no-effect',
  severity: 'error',
  number: 43,
  title: 'An update whose loss does not depend on what it trains',
  message: ({ network, update }) => `the loss of \`update ${update}\` does not depend on ${network}`,
  label: ({ uses }) => (uses.length > 0 ? `uses ${listText(uses)} only` : 'uses no network'),
  notes: ({ network }) => [`${network}'s weights would never change.`],
  help: ({ network, made, suggestion }) =>
    made
      ? `use ${made}, which is made by ${network}${suggestion ? `: ${suggestion}` : ''}`
      : `use ${network} in the loss`,
  explanation: `
\`update G\` changes G's weights and nothing else, along the slope of its loss. When nothing that G makes enters the loss,
the slope is zero and G stays as it was drawn at the beginning. Most often \`real\` was written for \`fake\`.

**What to do.** Use what the network makes in its loss.
`,
  bad: train('real'),
  good: train('fake'),
});
