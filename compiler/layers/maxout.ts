import { shuffleChannels } from '../diagnostics/codes/shuffle-channels.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';

export const maxout = defineLayer({
  name: 'maxout',
  summary: 'the largest of every few neighbouring channels',
  documentation: `
\`[…, C] -> […, C / pieces]\`: \`dense(5 * 240) -> maxout(5)\` is a layer of 240 units, each the largest of 5 linear pieces. The first
discriminator was made of these. The number of channels must be divisible by \`pieces\`.

Goodfellow et al., *Maxout Networks*, 2013.
`,
  inputs: 'one',
  arguments: [
    { name: 'pieces', kind: 'int', summary: 'channels of which the largest is kept', default: 2, min: 1 },
  ],
  shape(query) {
    const x = query.inputs[0]!;
    const divisor = query.args.int('pieces');
    const left = x.at(-1)?.over(divisor);
    if (left) return [...x.slice(0, -1), left];
    const facts = { layer: `maxout(${divisor})`, channels: x.at(-1) ?? 1, divisor, which: 'input' } as const;
    return query.report(shuffleChannels, { facts });
  },
  range: ([x]) => x!,
  lower({ inputs: [x], args }) {
    const pieces = args.int('pieces');
    const { shape } = x!;
    return t.max(t.reshape(x!, [...shape.slice(0, -1), shape.at(-1)! / pieces, pieces]), -1);
  },
  examples: [
    { call: 'maxout', inputs: [[6]], output: [3] },
    { call: 'maxout(3)', inputs: [[2, 1, 6]], output: [2, 1, 2] },
  ],
});
