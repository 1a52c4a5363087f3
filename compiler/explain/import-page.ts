import type { Page } from './page.ts';

/** How specs share what they declare. */
export const importPage: Page = {
  kind: 'declaration',
  name: 'import',
  summary: 'modules, networks, losses, params and pretrained models of another file or an npm package',
  markdown: () => `# import

    import ResUp, ResDown from "./blocks.gan"
    import Up from "gan-blocks"
    import Up3 from "gan-blocks/video"

Takes declarations from another spec, in text or JSON, by their names.

## What can be imported

Every \`module\`, \`network\`, \`generator\`, \`discriminator\`, \`pretrained\`, \`loss\` and \`param\` that a file declares or imports
itself; there is nothing to mark. \`import focal\` also brings the losses \`focal.critic\` and \`focal.generator\`. Data, latents, \`train\` and
\`sample\` stay with their spec: they say what one training does. A network that was declared for the data of its file keeps
the shapes that it had there.

Each file has names of its own: what a module uses is what its file means by it, and what is not imported is not seen.
A pretrained model lies beside the file that declares it, and within its package. A param has one value, wherever it is used; \`--set\` reaches the params that the spec declares or imports.

## From where

A path begins with \`./\`, is relative to the file that it stands in, ends in \`.gan\` or \`.gan.json\`, and may not lead out of
the folder of the spec, by \`..\` or by a link.

A package is looked for in \`node_modules\`, as Node does it, and shares what its \`exports\` say under the condition \`gan\`:

    "exports": {
      ".": { "gan": "./index.gan", "default": "./index.js" },
      "./video": { "gan": "./video.gan" }
    }

A file of a package reads only that package and the packages that it imports. Nothing in a package is executed.
A spec imports at most 100 files, 20 in a row, and never in a circle.

## Where it is kept

A run keeps the text of everything that was imported in its folder \`spec/\`, so that it goes on and is sampled without the
originals. \`ganc expand\` writes imports out, into one spec that stands alone.`,
};
