import { sampleOptions } from '../../3-check/block-options.ts';
import { argumentItem } from '../definition-page.ts';
import { label } from './label.ts';
import type { Word } from './word.ts';

export const sample: Word = {
  kind: 'declaration',
  name: 'sample',
  also: ['rows', ...sampleOptions.map(({ name }) => name)],
  is: 'A declaration',
  summary: 'what is shown of a network, while it is trained and afterwards',
  example: {
    sample: `
sample G {
  every: 1_000
  grid:  [10, 8]
  rows:  who
}`,
  },
  around: { ...label.around, ...label.example },
  text: () => [BEFORE, '## Options', `${sampleOptions.map(argumentItem).join('\n')}\n${ROWS}`, AFTER],
};

const BEFORE = `
Every generator is shown, in grids of 8 × 8 where no block says otherwise. A block may also be about another network: one that is
made of several, as TimeGAN's generator and what turns its codes into series. \`ganc sample\` shows the network of the first
block, or the one that \`--network\` names.

Networks work as they do afterwards: averaged weights where an update has \`ema\`, moving statistics in batch_norm, no dropout.
Images stand in a grid; a clip is a row of frames; points of the plane are a cloud. What has another shape is not drawn in
training.
`;

const ROWS =
  '* `rows`: the input whose class changes from row to row, a label or a categorical latent (a name; default none)';

const AFTER = `
## Files

\`ganc sample RUN\` makes samples of the newest checkpoint. What they become is in the name of the file:

* \`--out samples.png\`: a grid, as in training
* \`--out samples.webp\` or \`samples.gif\`: a grid in which clips move, ten frames a second
* \`--out samples.npy\`: the numbers, for \`numpy.load\`: series, sound, anything; the samples are along the first axis
* \`--count 100 --out samples/\`: a file each; clips as \`.webp\`
`;
