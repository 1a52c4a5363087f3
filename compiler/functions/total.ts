import { sum as sumOfRanges } from '../3-check/interval.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { defineLayer } from '../layers/layer.ts';
import * as t from '../tensor/index.ts';

export const total = defineLayer({
  name: 'total',
  summary: 'the sum of losses, one for each output of a network',
  documentation: `
What is done to the outputs of a network is done to each of them, so \`mean(square(vgg(fake) - vgg(real)))\` are as many numbers
as \`vgg\` has outputs. \`total\` adds them up to one. Weights are a list with a number for each:
\`total([1, 0.5] * mean(square(vgg(fake) - vgg(real))))\`. Of one number it is that number; of numbers
that differ from example to example it takes the mean.
`,
  inputs: 'many',
  takesOutputs: true,
  needsNoBatch: true,
  arguments: [],
  result: 'batch',
  shape(query) {
    const wrong = query.inputs.find((shape) => shape.length > 0);
    if (!wrong) return [];
    return query.report(argumentValue, {
      facts: {
        call: 'total',
        name: 'x',
        wanted: 'losses, each one number, such as mean(square(x))',
        given: `a tensor of shape [${wrong.join(', ')}]`,
      },
    });
  },
  range: (inputs) => inputs.reduce(sumOfRanges),
  lower: ({ inputs }) => t.mean(t.addAll(inputs)),
  examples: [
    { call: 'total', inputs: [[]], output: [] },
    { call: 'total', inputs: [[], [], []], output: [] },
  ],
});
