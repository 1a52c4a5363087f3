import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { listText } from '../wording.ts';

const sampled = (options: string) =>
  exampleSpec({
    data: `
data ring from gaussians.ring() {
  point: [2]
  mode: label(8)
}`,
    generator: `
generator G(z, y: ring.mode) -> ring.point {
  concat(z, y -> embed(8)) -> dense(32) -> relu -> dense(2)
}`,
    discriminator: `
discriminator D(x: ring.point, y: ring.mode) -> [1] {
  concat(x, y -> embed(8)) -> dense(32) -> leaky_relu(0.2) -> dense(1)
}`,
    train: exampleTrain({ real: 'ring.point', label: 'ring.mode' }),
    sample: `
sample G {
  grid: [8, 8]${options}
}`,
  });

export const sampleNeedsCondition = defineDiagnostic<{
  /** `G` */
  readonly network: string;
  /** Its inputs that are labels, and `digits.class` where a network beneath it is given one. */
  readonly labels: readonly { readonly name: string; readonly classes: number }[];
}>({
  code: 'sample-needs-condition',
  severity: 'error',
  number: 57,
  title: 'Samples of a conditional generator without saying of what',
  message: ({ network, labels }) =>
    `${network} makes what ${listText(labels.map(({ name }) => name))} ${labels.length === 1 ? 'says' : 'say'}, and nothing says which classes to make`,
  label: ({ labels }) => listText(labels.map(({ name, classes }) => `${name} is one of ${classes}`)),
  help({ network, labels }) {
    const pass = 'pass --label 3, --label 0,1,2 or --label all';
    // The label of a network beneath this one is no input that a `sample` block could name.
    const own = labels.find(({ name }) => !name.includes('.'));
    return own ? `${pass}, or write \`rows: ${own.name}\` in \`sample ${network} { … }\`` : pass;
  },
  explanation: `
A conditional generator makes a picture *of something*: it is given a label beside its latent. Without one there is no
telling what a sample shows, and a measure of such samples depends on how often each class happened to be asked for.

**What to do.** \`ganc sample RUN --label 3\` makes one class, \`--label 0,1,7\` several, \`--label all\` all of them in
turn: a class in each row of a grid. With \`rows: y\` in the \`sample\` block of the spec every grid has a class in each
row, and nothing more need be said. The pictures that are drawn during a training show all classes in any case.

Mirza & Osindero, *Conditional Generative Adversarial Nets*, 2014.
`,
  bad: sampled(''),
  good: sampled('\n  rows: y'),
  scene: {
    play: 'sample it',
    about: 'G',
    facts: { network: 'G', labels: [{ name: 'y', classes: 8 }] },
  },
});
