import { defineLayer } from '../layers/layer.ts';
import * as t from '../tensor/index.ts';

export const pool = defineLayer({
  name: 'pool',
  summary: 'shows some earlier examples in the place of new ones, out of a pool that keeps them',
  documentation: `
\`pool(fake, size: 50)\` keeps 50 earlier examples of \`fake\`. Once there are so many, each new example is given back with a
probability of ½; else one of those that are kept is, from any place with the same probability, and the new one takes that place. The
first 50 fill the pool and are given back as they are. A judge that is shown old fakes too cannot forget them while the
generator wanders about:

\`loss: least_squares(D(real), 1) + least_squares(D(pool(fake, size: 50)), 0)\`

Any shape; it stands in \`train\`, in the loss of the update that is to see earlier examples, and not in a network. The pool moves
each time that an update runs whose loss rests on it. It is part of the state, so that a training that goes on goes on with it, bit
for bit, and takes \`size\` times the memory of an example. What is kept is constant: gradients reach new examples only. A batch has
different places; of one that is larger than the pool, the examples after the first \`size\` are given back as they are. In sampling
and in \`evaluate\` all are.

What belongs together is pooled together, as channels of one: \`pool(concat(sketch, fake))\`, and \`pick_channels\` to take it apart.

Shrivastava et al., *Learning from Simulated and Unsupervised Images through Adversarial Training*, 2017. CycleGAN (Zhu et al., 2017)
has pools of 50.
`,
  inputs: 'one',
  arguments: [
    { name: 'size', kind: 'int', summary: 'how many examples it keeps', default: 50, min: 1, max: 100_000 },
  ],
  isRandom: true,
  mixesExamples: true,
  keepsExamples: true,
  shape: ({ inputs: [x] }) => x!,
  range: ([x]) => x!,
  weights([x], args) {
    const zeros = { kind: 'statistic', initial: { kind: 'constant', value: 0 } } as const;
    return [
      { name: 'kept', shape: [args.int('size'), ...x!], ...zeros },
      { name: 'count', shape: [1], ...zeros },
    ];
  },
  lower({ inputs: [x], args, training, weight, assign, uniform }) {
    if (!training) return x!;
    const size = args.int('size');
    const [batch, ...rest] = x!.shape as [number, ...number[]];
    const places = Math.min(batch, size);
    const from = [0, ...rest.map(() => 0)];
    const given = t.slice(x!, from, [places, ...rest]);
    const [kept, count] = [weight('kept'), weight('count')];
    const isFull = t.greater(count, size - 0.5);

    // Places of a batch never meet: those that are filled are neighbours, others stand evenly round the pool.
    const begin = t.select(isFull, t.floor(t.mul(uniform([1]), size)), t.floor(count));
    const apart = t.select(isFull, Math.floor(size / places), t.constant(x!.builder, 1, [1]));
    const numbers = t.constant(x!.builder, [...Array(places).keys()], [places]);
    const onward = t.add(begin, t.mul(numbers, apart));
    const isInside = t.less(onward, size);
    const at = t.cast(t.select(isInside, onward, t.sub(onward, size)), 'i32');

    /** One truth for each example, shaped to meet examples. */
    const each = (truth: t.Value) => t.greater(t.reshape(truth, [places, ...rest.map(() => 1)]), 0.5);
    const isTaken = t.cast(t.less(uniform([places]), 0.5), 'f32');
    const isChanged = each(t.select(isFull, isTaken, 0));
    const isStored = each(t.select(isFull, isTaken, t.cast(isInside, 'f32')));
    const old = t.gather(kept, at);

    const next = t.scatterAdd(at, t.select(isStored, given, old), size);
    const isReached = t.scatterAdd(at, t.constant(x!.builder, 1, [places, ...rest.map(() => 1)]), size);
    assign('kept', t.select(t.greater(isReached, 0.5), next, kept));
    assign('count', t.minimum(t.add(count, places), size));

    const shown = t.select(isChanged, old, given);
    if (places === batch) return shown;
    return t.concat([shown, t.slice(x!, from.with(0, places), [batch - places, ...rest])], 0);
  },
  examples: [
    { call: 'pool(size: 4)', inputs: [[3]], output: [3] },
    { call: 'pool(size: 1)', inputs: [[2, 2, 1]], output: [2, 2, 1] },
  ],
});
