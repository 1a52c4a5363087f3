import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { defineLayer } from '../layers/layer.ts';
import * as t from '../tensor/index.ts';
import { neighbour } from './neighbour.ts';

export const pack = defineLayer({
  name: 'pack',
  summary:
    'puts several examples side by side along their channels, for a discriminator that sees how alike they are',
  documentation: `
\`pack(real, 2)\` makes [H, W, C] into [H, W, 2·C], and [n] into [2·n]: every example with the next one of the batch (the last with the
first), which is somebody else, drawn at random. A discriminator of such packs, \`D(pack(real, 2))\` and \`D(pack(fake, 2))\`, sees a
generator that always makes the same.

Lin et al., *PacGAN: The Power of Two Samples in Generative Adversarial Networks*, 2018, where a pack takes count examples of its own
and there are fewer packs than examples; here every example is in count packs, and the batch stays as large.
`,
  inputs: 'one',
  arguments: [
    { name: 'count', kind: 'int', summary: 'how many examples in a pack', default: 2, min: 1, max: 64 },
  ],
  mixesExamples: true,
  shape(query) {
    const [x] = query.inputs;
    if (x!.length > 0) return [...x!.slice(0, -1), x!.at(-1)!.times(query.args.int('count'))];
    return query.report(argumentValue, {
      at: query.inputSpans[0]!,
      facts: { call: 'pack', name: 'x', wanted: 'a tensor with channels', given: 'one number per example' },
    });
  },
  range: ([x]) => x!,
  lower: ({ inputs: [x], args }) =>
    t.concat(
      Array.from({ length: args.int('count') }, (_, distance) => neighbour(x!, distance)),
      -1,
    ),
  examples: [
    { call: 'pack', inputs: [[3]], output: [6] },
    { call: 'pack(3)', inputs: [[2, 2, 1]], output: [2, 2, 3] },
  ],
});
