import * as t from '../tensor/index.ts';
import { defineLayer, type LowerQuery } from './layer.ts';
import {
  affineArgument,
  affineWeights,
  centre,
  epsilonArgument,
  type Normalized,
  normalizedOver,
  placesOf,
  scaleAndShift,
} from './parts/normalization.ts';

export const virtualBatchNorm = defineLayer({
  name: 'virtual_batch_norm',
  summary: 'batch_norm by a batch that is chosen once and kept, so that examples do not depend on each other',
  documentation: `
\`x -> gamma · (x − mean) / √(variance + epsilon) + beta\`, any shape, per channel. Mean and mean square are those of a reference batch
and of the example itself, weighed n : 1 where the reference batch has n examples. \`gamma\` starts at 1, \`beta\` at 0.

The reference batch is the first that the network is trained on, of packs where it judges packs, and is saved with the weights.
Every program that uses the network takes it through once more, up to the last of these layers: a generator then costs about twice
as much. Training and sampling are the same, and it is sound under a gradient penalty.

Salimans et al., *Improved Techniques for Training GANs*, 2016, who use it in the generator.
`,
  inputs: 'one',
  arguments: [epsilonArgument, affineArgument(true)],
  usesReference: true,
  shape: ({ inputs: [x] }) => x!,
  weights: ([x], args) => affineWeights(args, x!.at(-1) ?? 1),
  // The differences from the mean of the example, beside those from that of both.
  keeps: ({ output }) => t.sizeOf(output),
  lower(query) {
    const reference = query.reference();
    if (reference) return scaleAndShift(query, againstReference(query, reference));
    const [x] = query.inputs;
    return scaleAndShift(query, normalizedOver(query, [0, ...placesOf(x!)]));
  },
  examples: [
    { call: 'virtual_batch_norm', inputs: [[3]], output: [3], weights: 6 },
    { call: 'virtual_batch_norm(epsilon: 0.01)', inputs: [[2, 2, 2]], output: [2, 2, 2], weights: 4 },
    { call: 'virtual_batch_norm(affine: false)', inputs: [[2, 2]], output: [2, 2] },
  ],
});

function againstReference({ inputs: [x], args }: LowerQuery, reference: t.Value): Normalized {
  const share = 1 / (reference.shape[0]! + 1);
  const kept = centre(reference, [0, ...placesOf(reference)]);
  const own = centre(x!, placesOf(x!));
  const mix = (a: t.Value, b: t.Value) => t.add(t.mul(a, 1 - share), t.mul(b, share));
  const mean = mix(kept.mean, own.mean);
  // The mean square of both less the square of the mean, without taking a small number from large ones.
  const about = (one: typeof own) => t.add(one.variance, t.square(t.sub(one.mean, mean)));
  const variance = mix(about(kept), about(own));
  return { centred: t.sub(x!, mean), rate: t.rsqrt(t.add(variance, args.number('epsilon'))) };
}
