import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { defineLayer } from '../layers/layer.ts';
import * as t from '../tensor/index.ts';

export const pack = defineLayer({
  name: 'pack',
  summary:
    'puts several examples side by side along their channels, for a discriminator that sees how alike they are',
  documentation: `
\`pack(real, 2)\` makes [H, W, C] into [H, W, 2·C], and [n] into [2·n]: the batch is cut into packs of \`count\` examples that are
neighbours in it, and so strangers, drawn at random. There are count times fewer packs than examples. A discriminator of such packs,
\`D(pack(real, 2))\` and \`D(pack(fake, 2))\`, sees a generator that always makes the same.

The batch must be divisible by \`count\`. To judge as many packs as there were examples, as the paper does, draw count times as many
examples: \`batch: count * 100\`. Where a tensor of packs meets one of examples, what belongs to a pack counts for each of its
examples.

Lin et al., *PacGAN: The Power of Two Samples in Generative Adversarial Networks*, 2018.
`,
  inputs: 'one',
  arguments: [
    { name: 'count', kind: 'int', summary: 'how many examples in a pack', default: 2, min: 1, max: 64 },
  ],
  mixesExamples: true,
  joins: (args) => args.int('count'),
  shape(query) {
    const [x] = query.inputs;
    if (x!.length > 0) return [...x!.slice(0, -1), x!.at(-1)!.times(query.args.int('count'))];
    return query.report(argumentValue, {
      at: query.inputSpans[0]!,
      facts: { call: 'pack', name: 'x', wanted: 'a tensor with channels', given: 'one number per example' },
    });
  },
  range: ([x]) => x!,
  lower({ inputs: [x], args }) {
    const count = args.int('count');
    const full = whole(x!, count);
    const [batch, ...rest] = full.shape as [number, ...number[]];
    const apart = t.reshape(full, [batch / count, count, ...rest]);
    // The members of a pack come to stand before their channels.
    const axes = Array.from({ length: rest.length + 1 }, (_, axis) => axis + 1);
    const order = [0, ...axes.slice(1, -1), 1, axes.at(-1)!];
    return t.reshape(rest.length === 1 ? apart : t.transpose(apart, order), [
      batch / count,
      ...rest.slice(0, -1),
      count * rest.at(-1)!,
    ]);
  },
  examples: [
    { call: 'pack', inputs: [[3]], output: [6] },
    { call: 'pack(3)', inputs: [[2, 2, 1]], output: [2, 2, 3] },
  ],
});

/** A batch that `count` divides; outside of training, where it may not, the last pack is filled up with the first examples. */
function whole(x: t.Value, count: number): t.Value {
  const [batch, ...rest] = x.shape as [number, ...number[]];
  const missing = (count - (batch % count)) % count;
  if (missing === 0) return x;
  const rounds = Math.ceil((batch + missing) / batch);
  const again = t.concat(
    Array.from({ length: rounds }, () => x),
    0,
  );
  return t.slice(
    again,
    again.shape.map(() => 0),
    [batch + missing, ...rest],
  );
}
