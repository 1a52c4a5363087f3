import { evaluateOptions } from '../3-check/block-options.ts';
import { measures } from '../measures/index.ts';
import { argumentItem } from './definition-page.ts';
import type { Page } from './page.ts';

const SUMMARY = 'what is measured of a network, while it is trained and afterwards';

/** The page of `evaluate … { … }`. */
export function evaluatePage(): Page {
  return { kind: 'declaration', name: 'evaluate', summary: SUMMARY, markdown };
}

function markdown(): string {
  return [
    '# evaluate',
    `A declaration: ${SUMMARY}.`,
    EXAMPLE,
    TEXT.trim(),
    '## Options',
    evaluateOptions.map(argumentItem).join('\n'),
    '## Measures',
    measures.map(({ name, summary }) => `* \`${name}\`: ${summary}`).join('\n'),
  ].join('\n\n');
}

const EXAMPLE = `    evaluate G {
      every:    5_000
      samples:  2_500
      coverage: mode_coverage(G(z), ring, within: 3)
    }`;

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
