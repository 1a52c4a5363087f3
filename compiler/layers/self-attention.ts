import { Dim } from '../3-check/dim.ts';
import { shuffleChannels } from '../diagnostics/codes/shuffle-channels.ts';
import { sizeCollapsed } from '../diagnostics/codes/size-collapsed.ts';
import * as t from '../tensor/index.ts';
import { defineLayer, type WeightDeclaration } from './layer.ts';
import { inputOfKind } from './parts/rank.ts';
import { kernelWeight, trainedArguments } from './parts/weight-arguments.ts';

export const selfAttention = defineLayer({
  name: 'self_attention',
  summary: 'every place of a map looks at all others, and adds what it finds',
  documentation: `
\`x -> x + gamma · o\`, of the shape of x. Three trained projections of every place give queries (\`theta\`) and keys (\`phi\`) of
C / \`keys\` channels and values (\`g\`) of C / \`values\`; a softmax over the places of query · key says how much of each value is
taken; a fourth (\`out\`) brings the sum back to C channels. No biases. \`gamma\`, one trained number, is 0 at first, so that the
layer begins as nothing and the network first learns what is near.

* \`pooled: true\` takes keys and values from places pooled 2 by 2, as the code of SAGAN and BigGAN do: a quarter of the work.
* \`weights: spectral_norm\` holds all four projections.

C must be divisible by \`keys\` and \`values\`. Work and memory grow with the square of the number of places: 32 × 32 or 64 × 64 is
where it is usually put.

Zhang, Goodfellow, Metaxas & Odena, *Self-Attention Generative Adversarial Networks*, 2019. Brock, Donahue & Simonyan, *Large
Scale GAN Training*, 2019.
`,
  inputs: 'one',
  arguments: [
    {
      name: 'keys',
      kind: 'int',
      summary: 'the part of the channels for queries and keys: C / keys',
      default: 8,
      min: 1,
      max: 32,
    },
    {
      name: 'values',
      kind: 'int',
      summary: 'the part of the channels for values: C / values',
      default: 2,
      min: 1,
      max: 32,
    },
    {
      name: 'pooled',
      kind: 'boolean',
      summary: 'whether keys and values come from places pooled 2 by 2',
      default: true,
    },
    ...trainedArguments,
  ],
  shape(query) {
    const x = inputOfKind(query, 'self_attention', 'map');
    if (!x) return null;
    for (const name of ['keys', 'values']) {
      const [channels, divisor] = [x.at(-1)!, query.args.int(name)];
      if (channels.over(divisor)) continue;
      const layer = `self_attention with ${name}: ${divisor}`;
      return query.report(shuffleChannels, { facts: { layer, channels, divisor, which: 'input' } });
    }
    const places = x.slice(0, -1);
    if (!query.args.boolean('pooled') || places.every(({ value }) => value === null || value > 1)) return x;
    const window = places.map(() => Dim.of(2));
    return query.report(sizeCollapsed, { facts: { layer: 'self_attention', given: places, window } });
  },
  weights([x], args) {
    const channels = x!.at(-1)!;
    const [key, value] = [channels / args.int('keys'), channels / args.int('values')];
    const projection = (name: string, fanIn: number, fanOut: number): WeightDeclaration =>
      kernelWeight(args, [fanIn, fanOut], { fanIn, fanOut }, name);
    return [
      projection('theta', channels, key),
      projection('phi', channels, key),
      projection('g', channels, value),
      projection('out', value, channels),
      { name: 'gamma', shape: [1], kind: 'weight', initial: { kind: 'constant', value: 0 } },
    ];
  },
  keeps({ inputs: [x], args }) {
    const spatial = x!.slice(0, -1);
    const keys = args.boolean('pooled') ? spatial.map((size) => Math.floor(size / 2)) : spatial;
    // Scores before and after the softmax.
    return 2 * t.sizeOf(spatial) * t.sizeOf(keys);
  },
  lower({ inputs: [x], args, weight }) {
    const [batch, ...spatial] = x!.shape.slice(0, -1) as [number, ...number[]];
    const flat = (value: t.Value) =>
      t.reshape(value, [batch, t.sizeOf(value.shape.slice(1, -1)), value.shape.at(-1)!]);
    const projected = (name: string) => {
      const rows = t.reshape(x!, [batch * t.sizeOf(spatial), x!.shape.at(-1)!]);
      const y = t.matmul(rows, weight(name));
      return t.reshape(y, [batch, ...spatial, y.shape.at(-1)!]);
    };
    const pool = (value: t.Value) =>
      args.boolean('pooled') ? t.maxPool(value, { window: spatial.map(() => 2) }) : value;
    const scores = t.matmul(flat(projected('theta')), flat(pool(projected('phi'))), { transposeB: true });
    const found = t.matmul(t.softmax(scores), flat(pool(projected('g'))));
    const rows = t.reshape(found, [batch * t.sizeOf(spatial), found.shape.at(-1)!]);
    const out = t.reshape(t.matmul(rows, weight('out')), x!.shape);
    return t.add(x!, t.mul(out, weight('gamma')));
  },
  examples: [
    { call: 'self_attention(keys: 2, values: 1)', inputs: [[2, 2, 2]], output: [2, 2, 2], weights: 13 },
    { call: 'self_attention(keys: 2, pooled: false)', inputs: [[2, 2, 2]], output: [2, 2, 2], weights: 9 },
    {
      call: 'self_attention(keys: 1, values: 1, weights: spectral_norm)',
      inputs: [[4, 2]],
      output: [4, 2],
      weights: 17,
    },
  ],
});
