import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { centre, epsilonArgument, normalizedOver, placesOf } from './parts/normalization.ts';
import { inputOfKind } from './parts/rank.ts';
import { kernelWeight, trainedArguments } from './parts/weight-arguments.ts';

export const adaptiveInstanceNorm = defineLayer({
  name: 'adaptive_instance_norm',
  summary: 'instance_norm that takes its scale and shift from a style',
  documentation: `
\`x -> adaptive_instance_norm(style)\` gives every channel of every example mean 0 and variance 1, then the style's scale and shift.

* \`style\` is a vector [n] (StyleGAN): a trained \`kernel\` of [n, 2·C] and \`bias\` of [2·C], 0 at first, make scale and shift of it:
  (1 + scale) · normalized + shift.
* \`style\` is a map of as many channels (style transfer): its own standard deviation and mean per channel are taken over; there is
  nothing to train.

Huang & Belongie, *Arbitrary Style Transfer in Real-time with Adaptive Instance Normalization*, 2017. Karras, Laine & Aila, *A
Style-Based Generator Architecture*, 2019.
`,
  inputs: 'one',
  sides: [{ name: 'style', summary: 'a vector [n], or a map with as many channels', takes: 'tensor' }],
  arguments: [epsilonArgument, ...trainedArguments],
  shape(query) {
    const x = inputOfKind(query, 'adaptive_instance_norm', 'map');
    const style = query.inputs[1]!;
    if (!x) return null;
    if (style.length === 1 || (style.length > 1 && style.at(-1)!.equals(x.at(-1)!))) return x;
    return query.report(argumentValue, {
      at: query.inputSpans[1]!,
      facts: {
        call: 'adaptive_instance_norm',
        name: 'style',
        wanted: `a vector, or a map with ${x.at(-1)} channels`,
        given: `[${style.join(', ')}]`,
      },
    });
  },
  weights([x, style], args) {
    if (style!.length > 1) return [];
    const [fanIn, fanOut] = [style![0]!, 2 * x!.at(-1)!];
    return [
      kernelWeight(args, [fanIn, fanOut], { fanIn, fanOut }),
      { name: 'bias', shape: [fanOut], kind: 'weight', initial: { kind: 'constant', value: 0 } },
    ];
  },
  lower(query) {
    const [x, style] = query.inputs as readonly [t.Value, t.Value];
    const { centred, rate } = normalizedOver(query, placesOf(x));
    const [batch, channels] = [x.shape[0]!, x.shape.at(-1)!];
    const perChannel = (value: t.Value) => t.reshape(value, [batch, ...placesOf(x).map(() => 1), channels]);
    if (style.shape.length > 2) {
      const { mean, variance } = centre(style, placesOf(style));
      const deviation = t.sqrt(t.add(variance, query.args.number('epsilon')));
      return t.add(t.mul(centred, t.mul(rate, perChannel(deviation))), perChannel(mean));
    }
    const both = t.add(t.matmul(style, query.weight('kernel')), query.weight('bias'));
    const [scale, shift] = [0, channels].map((at) => perChannel(t.slice(both, [0, at], [batch, channels])));
    return t.add(t.mul(centred, t.mul(rate, t.add(scale!, 1))), shift!);
  },
  examples: [
    { call: 'adaptive_instance_norm', inputs: [[2, 2, 2], [3]], output: [2, 2, 2], weights: 16 },
    {
      call: 'adaptive_instance_norm',
      inputs: [
        [2, 2, 2],
        [3, 1, 2],
      ],
      output: [2, 2, 2],
    },
    {
      call: 'adaptive_instance_norm(weights: spectral_norm)',
      inputs: [[2, 2], [2]],
      output: [2, 2],
      weights: 12,
    },
  ],
});
