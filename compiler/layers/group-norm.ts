import { shuffleChannels } from '../diagnostics/codes/shuffle-channels.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import {
  affineArgument,
  affineWeights,
  epsilonArgument,
  normalizedOver,
  scaleAndShift,
} from './parts/normalization.ts';

export const groupNorm = defineLayer({
  name: 'group_norm',
  summary:
    'gives every group of channels of every example mean 0 and variance 1, then a trained scale and shift',
  documentation: `
\`x -> gamma · (x − mean) / √(variance + epsilon) + beta\`, any shape. The channels are cut into \`groups\` of neighbours; mean and
variance are those of one group of one example, over its places. \`gamma\` (1 at first) and \`beta\` (0) are per channel. It does the
same whatever the size of the batch, and serves under a gradient penalty.

The number of channels must be divisible by \`groups\`. With one group it is \`layer_norm\`, with one per channel \`instance_norm\`.

Wu & He, *Group Normalization*, 2018, who take 32 groups.
`,
  inputs: 'one',
  arguments: [
    { name: 'groups', kind: 'int', summary: 'how many groups of channels', default: 32, min: 1 },
    epsilonArgument,
    affineArgument(true),
  ],
  shape(query) {
    const x = query.inputs[0]!;
    const divisor = query.args.int('groups');
    const channels = x.at(-1);
    if (!channels || channels.over(divisor)) return x;
    const layer = `group_norm with groups: ${divisor}`;
    return query.report(shuffleChannels, { facts: { layer, channels, divisor, which: 'input' } });
  },
  weights: ([x], args) => affineWeights(args, x!.at(-1) ?? 1),
  lower(query) {
    const { inputs, args } = query;
    const { shape } = inputs[0]!;
    const groups = args.int('groups');
    const apart = t.reshape(inputs[0]!, [...shape.slice(0, -1), groups, shape.at(-1)! / groups]);
    const within = apart.shape.flatMap((_, axis) => (axis === 0 || axis === shape.length - 1 ? [] : [axis]));
    const { centred, rate } = normalizedOver({ ...query, inputs: [apart] }, within);
    const whole = t.reshape(t.mul(centred, rate), shape);
    return scaleAndShift(query, { centred: whole, rate: t.constant(query.builder, 1) });
  },
  examples: [
    { call: 'group_norm(2)', inputs: [[2, 2, 4]], output: [2, 2, 4], weights: 8 },
    { call: 'group_norm(groups: 2, affine: false)', inputs: [[6]], output: [6] },
    { call: 'group_norm(1, epsilon: 0.001)', inputs: [[2, 1, 2, 2]], output: [2, 1, 2, 2], weights: 4 },
  ],
});
