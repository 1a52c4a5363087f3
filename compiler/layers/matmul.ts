import { Dim } from '../3-check/dim.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';

export const matmul = defineLayer({
  name: 'matmul',
  summary: 'the matrix product with another tensor, for every example of its own',
  documentation: `
\`x -> matmul(other)\`, where \`other\` is a sequence [N, M], or a map whose N places are taken row by row: x has N channels, and every
place of it becomes Σ xₙ · otherₙ, M channels. \`x -> matmul(other, transpose: true)\` compares instead: x has the M channels that
\`other\` has, and every place becomes its inner products with the N places of \`other\`. The shape of x stays but for its channels.

Both together are attention without weights; what is trained is written around it. Here every place of a map h looks at the words
of a sentence, a sequence [T, C], as AttnGAN's does:

    share   = h -> matmul(words, transpose: true) -> softmax
    context = share -> matmul(words)

A contrastive loss compares all places of one map with all of another: \`x -> matmul(other, transpose: true)\` has the matching pairs
on its diagonal.

\`dot\` is the inner product of two vectors; \`dense\` is the product with a trained matrix, the same for all examples.

Xu et al., *AttnGAN: Fine-Grained Text to Image Generation with Attentional Generative Adversarial Networks*, 2018. Park, Efros, Zhang &
Zhu, *Contrastive Learning for Unpaired Image-to-Image Translation*, 2020.
`,
  inputs: 'one',
  sides: [{ name: 'other', summary: 'a sequence [N, M] or a map of N places', takes: 'tensor' }],
  arguments: [
    {
      name: 'transpose',
      kind: 'boolean',
      summary: 'compares with the places of the other tensor, instead of adding them up',
      default: false,
    },
  ],
  shape({ inputs, inputSpans, args, report }) {
    const [x, other] = inputs as readonly [(typeof inputs)[number], (typeof inputs)[number]];
    const [places, channels] = [other.slice(0, -1), other.at(-1)!];
    const [isTransposed, last] = [args.boolean('transpose'), x.at(-1)!];
    const count = places.reduce((product, size) => product.times(size), Dim.of(1));
    const [takes, gives] = isTransposed ? [channels, count] : [count, channels];
    if (x.length > 0 && places.length > 0 && last.equals(takes)) return [...x.slice(0, -1), gives];
    const wanted = isTransposed
      ? `a sequence or map of ${last} channels, as many as x has`
      : `a sequence or map of ${last} places, one for each channel of x`;
    return report(argumentValue, {
      at: inputSpans[1]!,
      facts: { call: 'matmul', name: 'other', wanted, given: `[${other.join(', ')}]` },
    });
  },
  lower({ inputs: [x, other], args }) {
    const transposeB = args.boolean('transpose');
    const y = t.matmul(asRows(x!), asRows(other!), { transposeB });
    return t.reshape(y, [...x!.shape.slice(0, -1), y.shape.at(-1)!]);
  },
  examples: [
    {
      call: 'matmul',
      inputs: [
        [2, 3],
        [3, 4],
      ],
      output: [2, 4],
    },
    {
      call: 'matmul',
      inputs: [
        [2, 1, 4],
        [2, 2, 3],
      ],
      output: [2, 1, 3],
    },
    {
      call: 'matmul(transpose: true)',
      inputs: [
        [2, 2, 3],
        [5, 3],
      ],
      output: [2, 2, 5],
    },
    { call: 'matmul', inputs: [[2], [2, 3]], output: [3] },
  ],
});

/** [batch, places, channels]. */
function asRows(value: t.Value): t.Value {
  const [batch, ...places] = value.shape.slice(0, -1) as [number, ...number[]];
  return t.reshape(value, [batch, t.sizeOf(places), value.shape.at(-1)!]);
}
