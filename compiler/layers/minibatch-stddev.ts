import { Dim } from '../3-check/dim.ts';
import { union } from '../3-check/interval.ts';
import { shuffleChannels } from '../diagnostics/codes/shuffle-channels.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { inputOfKind } from './parts/rank.ts';

export const minibatchStddev = defineLayer({
  name: 'minibatch_stddev',
  summary: 'adds a channel that says how much the examples of a group differ',
  documentation: `
\`[H, W, C] -> [H, W, C + channels]\`. The batch is cut into groups of \`group\` examples; the standard deviation over a group is
taken for every place and channel, and its mean over all of them is added to each example of the group as a channel of one number.
A generator that makes everything alike is then found out. With \`channels: 2\` the channels are cut into two parts, each with a
number of its own. It stands near the end of a discriminator and has no weights.

Where the batch is not divisible by \`group\`, groups are of the largest size below that divides it.

Karras, Aila, Laine & Lehtinen, *Progressive Growing of GANs*, 2018; groups as in StyleGAN and StyleGAN2.
`,
  inputs: 'one',
  arguments: [
    { name: 'group', kind: 'int', summary: 'examples in a group', default: 4, min: 2 },
    { name: 'channels', kind: 'int', summary: 'how many channels are added', default: 1, min: 1 },
  ],
  shape(query) {
    const x = inputOfKind(query, 'minibatch_stddev', 'map');
    const divisor = query.args.int('channels');
    const channels = x?.at(-1);
    if (!x || channels!.over(divisor)) return x && [...x.slice(0, -1), channels!.plus(Dim.of(divisor))];
    const layer = `minibatch_stddev with channels: ${divisor}`;
    return query.report(shuffleChannels, { facts: { layer, channels: channels!, divisor, which: 'input' } });
  },
  range: ([x]) => union(x!, { low: 0, high: x!.high - x!.low }),
  lower({ inputs: [x], args }) {
    const [batch, ...rest] = x!.shape as [number, ...number[]];
    const spatial = rest.slice(0, -1);
    const count = args.int('channels');
    let group = Math.min(args.int('group'), batch);
    while (batch % group !== 0) group--;
    const groups = batch / group;
    const parts = t.reshape(x!, [group, groups, t.sizeOf(spatial), count, rest.at(-1)! / count]);
    const variance = t.variance(parts, 0);
    const deviation = t.mean(t.sqrt(t.add(variance, TINY)), [1, 3], true);
    // [groups, 1, count, 1] -> one number per part for every example of the group and every place.
    const spread = t.repeatAlong(t.reshape(deviation, [groups, count]), 0, group);
    const apart = t.reshape(spread, [batch, ...spatial.map(() => 1), count]);
    const everywhere = t.broadcast(apart, [batch, ...spatial, count]);
    return t.concat([x!, everywhere], -1);
  },
  examples: [
    { call: 'minibatch_stddev', inputs: [[2, 2, 2]], output: [2, 2, 3] },
    { call: 'minibatch_stddev(group: 2, channels: 2)', inputs: [[1, 2, 4]], output: [1, 2, 6] },
  ],
});

/** Under the root, whose slope at 0 is infinite. */
const TINY = 1e-8;
