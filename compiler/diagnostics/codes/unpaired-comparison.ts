import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';

const train = (penalty: string) =>
  exampleSpec({
    train: exampleTrain({ G: { loss: `bce(D(fake), 1)${penalty}` } }),
  });

export const unpairedComparison = defineDiagnostic<
  {
    /** The fake as written. */
    readonly fake: string;
    /** What it is compared with, as written. */
    readonly real: string;
    readonly maker: string;
    /** What the generator was given: `z`, `horses.image`. */
    readonly madeFrom: string;
  },
  'made'
>({
  code: 'unpaired-comparison',
  severity: 'error',
  number: 33,
  title: 'A fake compared pixel by pixel with an unrelated picture',
  message: ({ fake, real }) => `${fake} is compared number by number with ${real}, which is not its partner`,
  label: ({ real, madeFrom }) => `${real} has nothing to do with ${madeFrom}`,
  labels: { made: ({ madeFrom }) => `made from ${madeFrom}` },
  notes: ({ maker }) => [`${maker} could only answer with the average of all pictures, a grey blur.`],
  help: () => 'compare with the partner of its input, from a paired data set, or leave this term out',
  explanation: `
A pixel by pixel loss (\`l1\`, \`l2\`) asks a fake to equal one certain real picture. That makes sense when the real one is
the partner of the generator's input, as the photo that belongs to a sketch. Against a picture drawn by chance it
pulls every fake to the average of the data set.

**What to do.** Use a paired data set (\`paired("sketches", "photos")\`) and compare with the partner. For unpaired sets
compare what went there and back: \`l1(F(G(x)), x)\` (CycleGAN).

Isola et al., *Image-to-Image Translation with Conditional Adversarial Networks*, 2017. Zhu et al., *Unpaired
Image-to-Image Translation using Cycle-Consistent Adversarial Networks*, 2017.
`,
  bad: train(' + 10 * l1(fake, real)'),
  good: train(''),
});
