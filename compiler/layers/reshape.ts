import { Dim } from '../3-check/dim.ts';
import { reshapeCountMismatch } from '../diagnostics/codes/reshape-count-mismatch.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';

export const reshape = defineLayer({
  name: 'reshape',
  summary: 'the same numbers in another shape',
  documentation: `
\`reshape(4, 4, 512)\` gives 8192 numbers the shape [4, 4, 512], rows first, channels last. It neither drops nor adds
numbers, so both products must be equal.
`,
  inputs: 'one',
  arguments: [{ name: 'shape', kind: 'sizes', summary: 'the sizes, without the batch', rest: true, min: 1 }],
  shape(query) {
    const given = query.inputs[0]!;
    const wanted = query.args.dims('shape');
    const count = (sizes: readonly Dim[]) => sizes.reduce((product, size) => product.times(size), Dim.of(1));
    const [givenCount, wantedCount] = [count(given), count(wanted)];
    if (givenCount.equals(wantedCount)) return wanted;
    return query.report(reshapeCountMismatch, {
      facts: { given, givenCount, wanted, wantedCount },
      also: query.inputSpans[0] ? { given: query.inputSpans[0] } : {},
    });
  },
  range: ([x]) => x!,
  lower: ({ inputs: [x], args }) => t.reshape(x!, [x!.shape[0]!, ...args.ints('shape')]),
  examples: [
    { call: 'reshape(2, 3, 2)', inputs: [[12]], output: [2, 3, 2] },
    { call: 'reshape(6)', inputs: [[3, 2]], output: [6] },
  ],
});
