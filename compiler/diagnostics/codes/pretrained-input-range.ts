import type { Interval } from '../../3-check/interval.ts';
import { defineDiagnostic } from '../diagnostic.ts';
import { perceptualExample } from '../example-model.ts';
import { rangeText } from '../wording.ts';

export const pretrainedInputRange = defineDiagnostic<
  {
    /** The pretrained network: `vgg`. */
    readonly network: string;
    /** Its `input`. */
    readonly wanted: Interval;
    /** The value that is passed, as written: `fake`; null for what flows in from the left. */
    readonly value: string | null;
    readonly given: Interval;
  },
  'declared'
>({
  code: 'pretrained-input-range',
  severity: 'error',
  number: null,
  title: 'A pretrained network that is given other values than it was declared for',
  message: ({ network, wanted, value, given }) =>
    `${network} is declared for values in ${rangeText(wanted)}, but ${value ?? 'what arrives'} holds ${rangeText(given)}`,
  label: ({ given }) => `${rangeText(given)} arrives here`,
  labels: { declared: ({ wanted }) => `\`input\` is ${rangeText(wanted)}` },
  notes: () => ['Its features mean something only for pictures as bright as those that it was trained with.'],
  help: ({ network, given }) => `write \`input: ${rangeText(given)}\` in the declaration of ${network}`,
  explanation: `
A pretrained network has seen pictures whose values lay in one interval, and its features mean nothing for others: given
[-1, 1] where it expects [0, 1], half of every picture is blacker than black. \`input\` in its declaration says what
pictures it will be given, [-1, 1] unless written, and \`preprocess\` what the model wants them made into.

**What to do.** Let \`input\` be the range of the data, and choose the \`preprocess\` that the model was trained with:
\`ganc explain pretrained\` lists them.
`,
  bad: perceptualExample('input: [0, 1]'),
  good: perceptualExample('input: [-1, 1]'),
});
