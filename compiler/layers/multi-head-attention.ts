import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { shuffleChannels } from '../diagnostics/codes/shuffle-channels.ts';
import * as t from '../tensor/index.ts';
import { defineLayer, type WeightDeclaration } from './layer.ts';
import { inputOfKind } from './parts/rank.ts';
import { biasArgument, kernelWeight, trainedArguments } from './parts/weight-arguments.ts';

export const multiHeadAttention = defineLayer({
  name: 'multi_head_attention',
  summary:
    'every place looks at all places, or at those of another tensor, in several ways at once: the layer of transformers',
  documentation: `
\`x -> multi_head_attention(heads: 4)\`, of the shape of x, a sequence [T, C] or a map. Trained projections of every place give
queries (\`query\`), keys (\`key\`) and values (\`value\`) of C channels, a part of C / \`heads\` for each head. In each head a softmax
over all places of query · key / √(C / heads) says how much of each value is taken; a last projection (\`out\`) mixes the heads. All
four have biases, 0 at first, unless \`bias: false\`. C must be divisible by \`heads\`.

\`x -> multi_head_attention(heads: 4, context: words)\` takes keys and values from another sequence or map, of any size and any
number of channels: cross-attention.

What a transformer has around it is written around it, and as attention knows no order of places, a trained tensor is added before the
first block, \`h + (h -> learned(T, C, init: normal(std: 0.02)))\`:

    module Block(x: [T, C]) -> [T, C] {
      h = x + (x -> layer_norm(over: "channels") -> multi_head_attention(heads: 4))
      return h + (h -> layer_norm(over: "channels") -> conv1d(4*C, kernel: 1) -> gelu -> conv1d(C, kernel: 1))
    }

Work and memory grow with the number of places times that of the places looked at, memory with \`heads\`, too. \`self_attention\` is the
layer of SAGAN and BigGAN, which begins as nothing.

Vaswani et al., *Attention Is All You Need*, 2017. Jiang, Chang & Wang, *TransGAN: Two Pure Transformers Can Make One Strong GAN, and
That Can Scale Up*, 2021.
`,
  inputs: 'one',
  sides: [
    {
      name: 'context',
      summary: 'a sequence or map whose places are looked at; without it those of x',
      takes: 'tensor',
      optional: true,
    },
  ],
  arguments: [
    {
      name: 'heads',
      kind: 'int',
      summary: 'how many ways of looking: C / heads channels for each',
      min: 1,
      max: 64,
    },
    { ...biasArgument, summary: 'adds a trained number to every channel of each projection' },
    ...trainedArguments,
  ],
  shape(query) {
    const x = inputOfKind(query, 'multi_head_attention', 'map');
    const context = query.inputs[1];
    if (!x) return null;
    if (context && (context.length < 2 || context.length > 4)) {
      return query.report(argumentValue, {
        at: query.inputSpans[1]!,
        facts: {
          call: 'multi_head_attention',
          name: 'context',
          wanted: 'a sequence [T, C] or a map [H, W, C]',
          given: `a tensor of shape [${context.join(', ')}]`,
        },
      });
    }
    const [channels, divisor] = [x.at(-1)!, query.args.int('heads')];
    if (channels.over(divisor)) return x;
    const layer = `multi_head_attention with heads: ${divisor}`;
    return query.report(shuffleChannels, { facts: { layer, channels, divisor, which: 'input' } });
  },
  weights([x, context], args) {
    const channels = x!.at(-1)!;
    const projection = (name: string, fanIn: number): WeightDeclaration[] => {
      const kernel = kernelWeight(args, [fanIn, channels], { fanIn, fanOut: channels }, name);
      if (!args.boolean('bias')) return [kernel];
      const initial = { kind: 'constant', value: 0 } as const;
      return [kernel, { name: `${name}_bias`, shape: [channels], kind: 'weight', initial }];
    };
    const looked = (context ?? x)!.at(-1)!;
    return [
      ...projection('query', channels),
      ...projection('key', looked),
      ...projection('value', looked),
      ...projection('out', channels),
    ];
  },
  keeps({ inputs: [x, context = x!], args }) {
    const [places, looked] = [x!, context].map((shape) => t.sizeOf(shape.slice(0, -1))) as [number, number];
    // Scores before and after the softmax, queries and what is found, keys and values.
    return 2 * args.int('heads') * places * looked + 2 * (places + looked) * x!.at(-1)!;
  },
  lower({ inputs: [x, context = x!], args, weight }) {
    const heads = args.int('heads');
    const [batch, channels] = [x!.shape[0]!, x!.shape.at(-1)!];
    const size = channels / heads;
    const projected = (value: t.Value, name: string) => {
      const rows = t.reshape(value, [t.sizeOf(value.shape.slice(0, -1)), value.shape.at(-1)!]);
      const y = t.matmul(rows, weight(name));
      return args.boolean('bias') ? t.add(y, weight(`${name}_bias`)) : y;
    };
    // [N · places, C] → [N · heads, places, C / heads]
    const perHead = (value: t.Value, name: string) => {
      const places = t.sizeOf(value.shape.slice(1, -1));
      const parts = t.reshape(projected(value, name), [batch, places, heads, size]);
      return t.reshape(t.transpose(parts, [0, 2, 1, 3]), [batch * heads, places, size]);
    };
    const query = t.mul(perHead(x!, 'query'), size ** -0.5);
    const scores = t.matmul(query, perHead(context, 'key'), { transposeB: true });
    const found = t.matmul(t.softmax(scores), perHead(context, 'value'));
    const apart = t.reshape(found, [batch, heads, found.shape[1]!, size]);
    const together = t.reshape(t.transpose(apart, [0, 2, 1, 3]), x!.shape);
    return t.reshape(projected(together, 'out'), x!.shape);
  },
  examples: [
    { call: 'multi_head_attention(2)', inputs: [[3, 4]], output: [3, 4], weights: 80 },
    {
      call: 'multi_head_attention(heads: 1, bias: false)',
      inputs: [[2, 2, 2]],
      output: [2, 2, 2],
      weights: 16,
    },
    {
      call: 'multi_head_attention(heads: 2, weights: spectral_norm)',
      inputs: [
        [2, 2],
        [3, 1, 3],
      ],
      output: [2, 2],
      weights: 28,
    },
  ],
});
