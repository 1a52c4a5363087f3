import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';

const judged = (judge: string, maker: string) =>
  exampleSpec({
    train: exampleTrain({ D: { loss: `bce(D(real), 1) + bce(D(${judge}), 0)` }, G: { loss: maker } }),
  });

export const generatorUnjudged = defineDiagnostic<{
  /** `G` */
  readonly network: string;
  /** The discriminators that training has. */
  readonly judges: readonly string[];
}>({
  code: 'generator-unjudged',
  severity: 'warning',
  number: null,
  title: 'A generator that no discriminator ever judges',
  message: ({ network, judges }) =>
    `nothing judges what ${network} makes: ${judges.join(' and ')} never ${judges.length === 1 ? 'sees' : 'see'} it`,
  label: () => 'no discriminator is given what it makes',
  notes: () => [
    'Without a judge it is trained by its other losses alone, and makes the mean of what they allow.',
  ],
  help: ({ judges }) => `give it to ${judges.join(' or ')}, in the loss of both players: ${judges[0]}(fake)`,
  explanation: `
A generator learns to make pictures that look real from a discriminator that is given them. In a training with several
generators, or in one that was put together from parts, it happens that one of them is left out: the discriminator
compares real pictures with something else, and the generator is trained by what remains of its loss, such as a
distance, whose best answer is a blurred mean.

**What to do.** Use what it makes in the loss of the discriminator, \`bce(D(fake), 0)\`, and in its own, \`bce(D(fake),
1)\`. One that is meant to have no judge is a \`network\`.

Goodfellow et al., *Generative Adversarial Nets*, 2014.
`,
  bad: judged('real + normal(std: 0.5)', 'mean(square(fake))'),
  good: judged('fake', 'bce(D(fake), 1)'),
});
