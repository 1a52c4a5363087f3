import { Dim } from '../3-check/dim.ts';
import { union } from '../3-check/interval.ts';
import { concatSizeMismatch } from '../diagnostics/codes/concat-size-mismatch.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';

export const concat = defineLayer({
  name: 'concat',
  summary: 'puts tensors side by side along their channels',
  documentation: `
\`concat(a, b)\` or \`a -> concat(b)\`: [H, W, C] and [H, W, D] become [H, W, C + D]; vectors [n] and [m] become [n + m]. All sizes
but the last must be equal. This is the skip of a U-Net (Ronneberger, Fischer & Brox, 2015).

One after the other, as frames of a clip, tensors are joined by \`join_frames\`.
`,
  inputs: 'many',
  arguments: [],
  shape(query) {
    const [first, ...others] = query.inputs;
    for (const [index, other] of others.entries()) {
      const fits =
        first!.length > 0 &&
        other.length === first!.length &&
        other.slice(0, -1).every((size, axis) => size.equals(first![axis]!));
      if (fits) continue;
      return query.report(concatSizeMismatch, {
        facts: { arriving: first!, joined: other },
        also: { arriving: query.inputSpans[0]!, joined: query.inputSpans[index + 1]! },
      });
    }
    const channels = query.inputs.reduce((sum, shape) => sum.plus(shape.at(-1)!), Dim.of(0));
    return [...first!.slice(0, -1), channels];
  },
  range: (inputs) => inputs.reduce(union),
  lower: ({ inputs }) => t.concat(inputs, -1),
  examples: [
    { call: 'concat', inputs: [[3], [4]], output: [7] },
    {
      call: 'concat',
      inputs: [
        [2, 2, 1],
        [2, 2, 3],
        [2, 2, 2],
      ],
      output: [2, 2, 6],
    },
  ],
});
