import type { Interval } from '../../3-check/interval.ts';
import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { rangeText } from '../wording.ts';

const train = (probability: string) =>
  exampleSpec({
    train: exampleTrain({
      D: { loss: `-mean(log(D(real)${probability})) - mean(log(1 - (D(fake)${probability})))` },
    }),
  });

export const logBelowZero = defineDiagnostic<
  {
    /** The values that the logarithm is taken of. */
    readonly range: Interval;
    /** The discriminator that gives them; null when none does. */
    readonly judge: string | null;
  },
  'score'
>({
  code: 'log-below-zero',
  severity: 'warning',
  number: null,
  title: 'The logarithm of a score that may be below zero',
  message: ({ judge, range }) =>
    `log is taken of ${judge === null ? 'values' : `${judge}'s score, which lies`} in ${rangeText(range)}`,
  label: () => 'a number below 0 has no logarithm',
  labels: { score: ({ judge }) => `${judge ?? 'this'} ends here, without a sigmoid` },
  notes: ({ judge }) =>
    judge === null
      ? ['Training stops at the first one.']
      : [`Training stops at the first such score. Cross-entropy is about probabilities, and this is none.`],
  help: ({ judge }) =>
    judge === null
      ? 'bound the values first, for example with sigmoid or maximum'
      : `use bce, which takes a score and applies the sigmoid itself: bce(${judge}(…), 1)`,
  explanation: `
Cross-entropy is written with the logarithm of a probability. A discriminator that ends in \`dense(1)\` gives a score
instead, any number, and the logarithm of a score below 0 is not a number. In Keras the same mistake is
\`BinaryCrossentropy()\` without \`from_logits=True\` on a model without a sigmoid: there the score is cut off at 0 and 1, and
wherever it was cut off no gradient is left.

**What to do.** Use \`bce(D(real), 1)\`, which takes the score and is exact for large ones, or end in a sigmoid.

Goodfellow et al., *Generative Adversarial Nets*, 2014.
`,
  bad: train(''),
  good: train(' -> sigmoid'),
});
