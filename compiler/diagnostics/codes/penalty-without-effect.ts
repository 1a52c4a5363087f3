import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { listText } from '../wording.ts';

const train = (network: string) =>
  exampleSpec({
    train: exampleTrain({ G: { loss: `bce(D(fake), 1) + 1e-4 * orthogonal_penalty(${network})` } }),
  });

export const penaltyWithoutEffect = defineDiagnostic<{
  readonly penalty: string;
  /** Whose weights it is about. */
  readonly network: string;
  /** The networks of the update in whose loss it stands. */
  readonly updated: readonly string[];
  /** The update that does train the network: `D`; null for none. */
  readonly trained: string | null;
}>({
  code: 'penalty-without-effect',
  severity: 'warning',
  number: null,
  title: 'A penalty on weights that the update does not move',
  message: ({ penalty, network, updated }) =>
    `${penalty}(${network}) stands in the loss of \`update ${updated.join(', ')}\`, which does not move ${network}`,
  label: ({ network, updated }) => `about ${network}, not ${listText(updated, 'or')}`,
  notes: ({ network }) => [`Its slope for every other weight is zero, so that ${network} goes unpenalised.`],
  help: ({ network, trained, updated }) =>
    trained
      ? `move it into the loss of \`update ${trained}\`, or write the name of ${listText(updated, 'or')}`
      : `write the name of ${listText(updated, 'or')}, or leave it out: no update trains ${network}`,
  explanation: `
\`update G\` changes G's weights and nothing else. A penalty on the weights of D adds a number to its loss that no weight of G
has a part in: the loss looks larger, and nothing else happens.

**What to do.** Put the penalty into the loss of the update that trains the network.
`,
  bad: train('D'),
  good: train('G'),
});
