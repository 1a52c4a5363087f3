import * as t from '../tensor/index.ts';
import { kernelArgument } from './parts/convolution.ts';
import { defineRecurrent, recurrentBiasArgument } from './parts/recurrence.ts';

export const convGru = defineRecurrent({
  name: 'conv_gru',
  kind: 'clip',
  gates: 3,
  summary: 'goes along the frames of a clip with a map as hidden state, without a memory beside it',
  documentation: `
\`[T, H, W, C] -> [T, H, W, filters]\`, or \`[H, W, filters]\` with \`output: "last"\`. For every frame, with [r z n] = x ∗ kernel + bias, ∗ a
convolution with zeros around the map, and [r' z'] = h ∗ the first two thirds of recurrent:

    fresh = tanh(n + (sigmoid(r + r') · h) ∗ the last third of recurrent)
    h = (1 − z) · fresh + z · h,   with z the sigmoid of z + z'

The reset gate is laid on h before the convolution, as in the papers; in \`gru\` it is after the product. \`kernel\` is [kernel, kernel, C,
3·filters], \`recurrent\` [kernel, kernel, filters, 3·filters]. \`kernel: [3, 5]\` is 3 high and 5 wide; windows are odd. DVD-GAN has
\`activation: "relu"\` in the place of tanh, and goes along copies of one map: \`upsample([frames, 1, 1]) -> conv_gru(filters)\`.

Ballas et al., *Delving Deeper into Convolutional Networks for Learning Video Representations*, 2016. Clark, Donahue & Simonyan,
*Adversarial Video Generation on Complex Datasets* (DVD-GAN), 2019.
`,
  size: { name: 'filters', summary: 'how many channels the hidden state has' },
  arguments: [
    kernelArgument,
    recurrentBiasArgument(false),
    {
      name: 'activation',
      kind: 'choice',
      summary: 'what makes the fresh state of a frame',
      default: 'tanh',
      choices: ['tanh', 'relu'],
    },
  ],
  range: (args) => (args.string('activation') === 'tanh' ? { low: -1, high: 1 } : { low: 0, high: Infinity }),
  step({ hidden, memory }, given, hold, args) {
    const gates = hold(hidden, 0, 2);
    const [reset, keep] = gates.map((held, gate) => t.sigmoid(t.add(given[gate]!, held)));
    const [held] = hold(t.mul(reset!, hidden), 2, 3);
    const sum = t.add(given[2]!, held!);
    const fresh = args.string('activation') === 'tanh' ? t.tanh(sum) : t.relu(sum);
    return { memory, hidden: t.add(fresh, t.mul(keep!, t.sub(hidden, fresh))) };
  },
  examples: [
    { call: 'conv_gru(1, kernel: 1)', inputs: [[2, 1, 2, 2]], output: [2, 1, 2, 1], weights: 12 },
    {
      call: 'conv_gru(1, kernel: [1, 3], output: "last", recurrent_bias: true)',
      inputs: [[2, 1, 2, 1]],
      output: [1, 2, 1],
      weights: 24,
    },
    {
      call: 'conv_gru(1, kernel: 1, activation: "relu", weights: spectral_norm)',
      inputs: [
        [2, 1, 2, 1],
        [1, 2, 1],
      ],
      output: [2, 1, 2, 1],
      weights: 9,
    },
  ],
});
