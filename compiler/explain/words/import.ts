import { exampleTrain } from '../../diagnostics/example-spec.ts';
import type { Word } from './word.ts';

/** How specs share what they declare. */
export const importWord: Word = {
  kind: 'declaration',
  name: 'import',
  also: ['export', 'exports'],
  is: 'A declaration',
  summary: 'modules, networks, losses, params and pretrained models of another file or an npm package',
  example: {
    declarations: `
import Up, Down from "./blocks.gan"

import soft from "gan-blocks/losses"`,
    generator: `
generator G(z) -> faces.image {
  z -> dense(4*4 * 16) -> reshape(4, 4, 16) -> relu
    -> Up(16) -> Up(8) -> conv2d(3, kernel: 3) -> tanh
}`,
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> Down(8) -> Down(16) -> flatten -> dense(1)
}`,
  },
  around: {
    train: exampleTrain({
      D: { loss: 'soft.critic(D(real), D(fake))' },
      G: { loss: 'soft.generator(D(fake))' },
    }),
  },
  text: () => [TEXT],
};

const TEXT = `
Takes declarations from another spec, in text or JSON, by their names.

## What can be imported

Every \`module\`, \`network\`, \`generator\`, \`discriminator\`, \`pretrained\`, \`loss\` and \`param\` that a file declares or
imports itself; there is nothing to mark. \`import focal\` also brings the losses \`focal.critic\` and \`focal.generator\`. Data,
latents, \`train\` and \`sample\` stay with their spec: they say what one training does. A network that was declared for the data
of its file keeps the shapes that it had there.

Each file has names of its own: what a module uses is what its file means by it, and what is not imported is not seen. A
pretrained model lies beside the file that declares it, and within its package. A param has one value, wherever it is used;
\`--set\` reaches the params that the spec declares or imports.

## From where

A path begins with \`./\`, is relative to the file that it stands in, ends in \`.gan\` or \`.gan.json\`, and may not lead out of
the folder of the spec, by \`..\` or by a link.

A package is looked for in \`node_modules\`, as Node does it, and shares what its \`exports\` say under the condition \`gan\`:

    "exports": {
      ".": { "gan": "./index.gan", "default": "./index.js" },
      "./video": { "gan": "./video.gan" }
    }

A file of a package reads only that package and the packages that it imports. Nothing in a package is executed. A spec imports at
most 100 files, 20 in a row, and never in a circle.

## Where it is kept

A run keeps the text of everything that was imported in its folder \`spec/\`, so that it goes on and is sampled without the
originals. \`ganc expand\` writes imports out, into one spec that stands alone.
`;
