import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { type Shown, shapeText } from '../wording.ts';

const train = (loss: string) =>
  exampleSpec({
    train: exampleTrain({ G: { loss } }),
  });

export const lossNotScalar = defineDiagnostic<{
  /** `update G` */
  readonly owner: string;
  /** The shape of one example's loss. */
  readonly shape: readonly Shown[];
  /** The loss as written. */
  readonly written: string;
}>({
  code: 'loss-not-scalar',
  severity: 'error',
  number: 42,
  title: 'A loss that is not one number',
  message: ({ owner, shape }) =>
    shape.length === 0 || shape.join() === '1'
      ? `the loss of \`${owner}\` is one number per example, but must be one for the batch`
      : `the loss of \`${owner}\` is ${shapeText(shape)} per example, but must be one number for the batch`,
  label: ({ shape }) => (shape.length === 0 ? 'one number per example' : `${shapeText(shape)} per example`),
  help: ({ written }) =>
    written.length <= 40 ? `take the mean: mean(${written})` : 'take the mean: mean(…)',
  explanation: `
An update follows the slope of one number. The loss here still has a number for each example of the batch, or for each
patch. Frameworks add them up silently, and then the learning rate depends on the batch size and the size of the map.

**What to do.** Wrap it in \`mean(…)\`. The built-in losses (\`bce\`, \`hinge\`, \`l1\`, …) take the mean themselves.
`,
  bad: train('softplus(-D(fake))'),
  good: train('mean(softplus(-D(fake)))'),
});
