import { forgetBiasArgument, longShortTermMemory } from './parts/long-short-term-memory.ts';
import { defineRecurrent, recurrentBiasArgument } from './parts/recurrence.ts';

export const lstm = defineRecurrent({
  name: 'lstm',
  kind: 'sequence',
  gates: 4,
  summary: 'goes along a sequence with a hidden state and a memory',
  documentation: `
\`[T, C] -> [T, units]\`, or \`[units]\` with \`output: "last"\`. For every frame, with [i f g o] = x · kernel + h · recurrent + bias:

    memory = sigmoid(f + forget_bias) · memory + sigmoid(i) · tanh(g)
    h = sigmoid(o) · tanh(memory)

\`kernel\` is [C, 4·units], \`recurrent\` [units, 4·units], drawn by \`orthogonal\` unless the layer says \`init\`; \`bias\` is 0 at first. Keras
puts the forget bias of 1 into \`bias\`. PyTorch has a second bias, \`recurrent_bias: true\`. \`initial\` is h before the first frame; the
memory begins at 0. Time is written out, up to 1,000 frames.

Hochreiter & Schmidhuber, *Long Short-Term Memory*, 1997. Jozefowicz, Zaremba & Sutskever, *An Empirical Exploration of Recurrent
Network Architectures*, 2015 (the forget bias).
`,
  size: { name: 'units', summary: 'how many numbers the hidden state has' },
  arguments: [recurrentBiasArgument(false), forgetBiasArgument],
  step: longShortTermMemory,
  examples: [
    { call: 'lstm(2)', inputs: [[2, 2]], output: [2, 2], weights: 40 },
    { call: 'lstm(2, output: "last", recurrent_bias: true)', inputs: [[2, 1]], output: [2], weights: 40 },
    { call: 'lstm(1, forget_bias: 0)', inputs: [[3, 1], [1]], output: [3, 1], weights: 12 },
  ],
});
