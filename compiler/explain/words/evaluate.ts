import { evaluateOptions } from '../../3-check/block-options.ts';
import { exampleTrain } from '../../diagnostics/example-spec.ts';
import { measures } from '../../measures/index.ts';
import { argumentItem } from '../definition-page.ts';
import { listOf, type Word } from './word.ts';

export const evaluate: Word = {
  kind: 'declaration',
  name: 'evaluate',
  also: evaluateOptions.map(({ name }) => name),
  is: 'A declaration',
  summary: 'what is measured of a network, while it is trained and afterwards',
  example: {
    sample: `
evaluate G {
  every:    5_000
  samples:  2_500
  coverage: mode_coverage(G(z), ring, within: 3)
}`,
  },
  around: {
    data: `
data ring from gaussians.ring(modes: 8) {
  point: [2]
}`,
    generator: `
generator G(z) -> ring.point {
  z -> dense(32) -> relu -> dense(2)
}`,
    discriminator: `
discriminator D(x: ring.point) -> [1] {
  x -> dense(32) -> relu -> dense(1)
}`,
    train: exampleTrain({ real: 'ring.point' }),
  },
  text: () => [
    TEXT,
    '## Options',
    evaluateOptions.map(argumentItem).join('\n'),
    '## Measures',
    listOf(measures),
  ],
};

const TEXT = `
Every key that is no option is a measure, under a name of your own. What a measure looks at is written as in \`train\`: a network of
latents or data, \`G(z, digits.class)\`; a field of a dataset, which may be one that training never sees; features,
\`vgg(G(z)).conv4 -> global_avg_pool\`. At least one of them must use the network that the block is named after.

Networks work as they do for \`sample\`: averaged weights where an update has \`ema\`, moving statistics in batch_norm, no dropout.
What is drawn follows from the seed, and the same seed gives the same figures. Data begins again where there is less of it than
\`samples\`.

\`ganc train\` writes the figures to \`events.jsonl\` and draws them in \`curves.svg\`. \`ganc evaluate RUN\` measures the newest
checkpoint of a run, or the weights of a bundle, and says what each figure means. What is measured is no part of the training: a run
may go on with another block, and \`--spec\` measures it by a spec that came later. Figures can be compared only where the data, the
samples and the definition are the same.
`;
