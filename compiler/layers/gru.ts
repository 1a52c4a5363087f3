import * as t from '../tensor/index.ts';
import { defineRecurrent, recurrentBiasArgument } from './parts/recurrence.ts';

export const gru = defineRecurrent({
  name: 'gru',
  kind: 'sequence',
  gates: 3,
  summary: 'goes along a sequence with a hidden state',
  documentation: `
\`[T, C] -> [T, units]\`, or \`[units]\` with \`output: "last"\`. For every frame, with [r z n] = x · kernel + bias and
[r' z' n'] = h · recurrent + recurrent_bias:

    h = (1 − z) · tanh(n + r · n') + z · h,   with r and z the sigmoids of r + r' and z + z'

as in PyTorch and in Keras (\`reset_after\`). \`kernel\` is [C, 3·units], \`recurrent\` [units, 3·units], drawn by \`orthogonal\` unless the layer says
\`init\`; both biases are 0 at first. \`initial\` is h before the first frame: MoCoGAN draws it. Time is written out, up to 1,000 frames.

Cho et al., *Learning Phrase Representations using RNN Encoder–Decoder*, 2014. Tulyakov, Liu, Yang & Kautz, *MoCoGAN*, 2018.
`,
  size: { name: 'units', summary: 'how many numbers the hidden state has' },
  arguments: [recurrentBiasArgument(true)],
  step({ hidden, memory }, given, hold) {
    const held = hold(hidden);
    const [reset, keep] = [0, 1].map((gate) => t.sigmoid(t.add(given[gate]!, held[gate]!)));
    const fresh = t.tanh(t.add(given[2]!, t.mul(reset!, held[2]!)));
    return { memory, hidden: t.add(fresh, t.mul(keep!, t.sub(hidden, fresh))) };
  },
  examples: [
    { call: 'gru(2)', inputs: [[2, 1]], output: [2, 2], weights: 30 },
    { call: 'gru(2, output: "last", recurrent_bias: false)', inputs: [[2, 2]], output: [2], weights: 30 },
    { call: 'gru(1, weights: spectral_norm)', inputs: [[3, 2], [1]], output: [3, 1], weights: 15 },
  ],
});
