import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';

const train = (target: number) =>
  exampleSpec({
    train: exampleTrain({ G: { loss: `bce(D(fake), ${target})` } }),
  });

export const sameDirectionLosses = defineDiagnostic<
  {
    readonly judge: string;
    readonly maker: string;
    /** The score, as written: `D(fake)`. */
    readonly score: string;
    readonly direction: 'raise' | 'lower';
  },
  'judge'
>({
  code: 'same-direction-losses',
  severity: 'warning',
  number: 41,
  title: 'Two players who want the same',
  message: ({ judge, maker, score, direction }) => `${judge} and ${maker} both ${direction} ${score}`,
  label: ({ maker, direction }) => `${maker} ${direction}s it`,
  labels: { judge: ({ judge, direction }) => `${judge} ${direction}s it too` },
  notes: ({ maker, judge }) => [
    `The players would help each other: ${maker} learns to be recognised as fake, and ${judge} has an easy life.`,
  ],
  help: ({ maker }) => `turn the loss of update ${maker} round: its sign, or its target`,
  explanation: `
A GAN is a game: what the discriminator tries to lower (its score for fakes) the generator must try to raise. Here both
losses push the score of fakes the same way. Both fall nicely while the pictures get worse. Usually a sign is missing
(\`mean(D(fake))\` for \`-mean(D(fake))\`) or a target is wrong (\`bce(D(fake), 0)\` for \`bce(D(fake), 1)\`).

**What to do.** Turn the generator's loss round.

Goodfellow et al., *Generative Adversarial Nets*, 2014.
`,
  bad: train(0),
  good: train(1),
});
