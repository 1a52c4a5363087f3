import { kernelArgument } from './parts/convolution.ts';
import { forgetBiasArgument, longShortTermMemory } from './parts/long-short-term-memory.ts';
import { defineRecurrent, recurrentBiasArgument } from './parts/recurrence.ts';

export const convLstm = defineRecurrent({
  name: 'conv_lstm',
  kind: 'clip',
  gates: 4,
  summary: 'goes along the frames of a clip with a map as hidden state',
  documentation: `
\`[T, H, W, C] -> [T, H, W, filters]\`, or \`[H, W, filters]\` with \`output: "last"\`: an \`lstm\` whose products are convolutions, with zeros
around the map. \`kernel\` is [kernel, kernel, C, 4·filters], \`recurrent\` [kernel, kernel, filters, 4·filters]. \`kernel: [3, 5]\` is 3 high and
5 wide; windows are odd. It has no connections from the memory to the gates, as in Keras.

Shi et al., *Convolutional LSTM Network: A Machine Learning Approach for Precipitation Nowcasting*, 2015.
`,
  size: { name: 'filters', summary: 'how many channels the hidden state has' },
  arguments: [kernelArgument, recurrentBiasArgument(false), forgetBiasArgument],
  step: longShortTermMemory,
  examples: [
    { call: 'conv_lstm(1, kernel: 1)', inputs: [[2, 1, 2, 2]], output: [2, 1, 2, 1], weights: 16 },
    {
      call: 'conv_lstm(1, kernel: [1, 3], output: "last")',
      inputs: [[2, 1, 2, 1]],
      output: [1, 2, 1],
      weights: 28,
    },
  ],
});
