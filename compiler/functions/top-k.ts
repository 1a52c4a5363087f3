import { Dim } from '../3-check/dim.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { defineLayer } from '../layers/layer.ts';
import * as t from '../tensor/index.ts';

export const topK = defineLayer({
  name: 'top_k',
  summary: 'the k largest scores of a batch',
  documentation: `
\`bce(top_k(D(fake), 32), 1)\` lets the generator learn from the 32 fakes that D takes for real most, and from no others. What comes
out is one tensor for the whole batch, shape [k, 1], the largest first; of equal scores the earlier one comes first. In a
batch that has no more than k examples all of them come out. Gradients reach the scores that were chosen.

Sinha et al., *Top-k Training of GANs: Improving GAN Performance by Throwing Away Bad Samples*, 2020, where k falls slowly from the
whole batch to half of it.
`,
  inputs: 'one',
  arguments: [{ name: 'k', kind: 'size', summary: 'how many scores stay', min: 1 }],
  result: 'batch',
  mixesExamples: true,
  shape(query) {
    const [x] = query.inputs;
    if (x!.length === 1 && x![0]!.equals(1)) return [query.args.dim('k'), Dim.of(1)];
    return query.report(argumentValue, {
      at: query.inputSpans[0]!,
      facts: {
        call: 'top_k',
        name: 'the score',
        wanted: 'one score per example, shape [1], such as D(fake) or example_mean(D(fake))',
        given: `a tensor of shape [${x!.join(', ')}]`,
      },
    });
  },
  range: ([x]) => x!,
  lower({ inputs: [x], args }) {
    const count = x!.shape[0]!;
    const k = Math.min(args.int('k'), count);
    if (k === count && k === 1) return x!;
    const chosen = t.equal(t.reshape(places(x!), [1, count]), upTo(x!.builder, k, [k, 1]));
    // Zeros and ones that pick rows: what is not chosen gets no gradient.
    return t.matmul(t.cast(chosen, 'f32'), x!);
  },
  examples: [
    { call: 'top_k(1)', inputs: [[1]], output: [1, 1] },
    { call: 'top_k(2)', inputs: [[1]], output: [2, 1] },
  ],
});

/** The place of every score in the order from the largest down, from 0: how many come before it. */
function places(scores: t.Value): t.Value {
  const [count] = scores.shape as [number];
  const own = t.stopGradient(scores);
  const others = t.reshape(own, [1, count]);
  const isEarlier = t.less(upTo(scores.builder, count, [1, count]), upTo(scores.builder, count, [count, 1]));
  const ties = t.mul(t.cast(t.equal(others, own), 'f32'), t.cast(isEarlier, 'f32'));
  return t.sum(t.add(t.cast(t.greater(others, own), 'f32'), ties), 1);
}

/** 0, 1, 2, … */
function upTo(builder: t.Builder, count: number, shape: readonly number[]): t.Value {
  return t.constant(
    builder,
    Array.from({ length: count }, (_, at) => at),
    shape,
  );
}
