import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { inputOfKind } from './parts/rank.ts';

export const pixelUnshuffle = defineLayer({
  name: 'pixel_unshuffle',
  summary: 'lays pixels out as channels: a map becomes smaller and deeper, and nothing is lost',
  documentation: `
\`[H, W, C] -> [H/factor, W/factor, factor²·C]\`: a patch of factor × factor pixels becomes the channels of one place, row by row, its
first pixel first. It is the way back of \`pixel_shuffle\` (TensorFlow's \`space_to_depth\`; PyTorch, whose channels come first, orders
them otherwise). H and W must be divisible by \`factor\`.

Sajjadi, Vemulapalli & Brown, *Frame-Recurrent Video Super-Resolution*, 2018. Wang, Xie, Dong & Shan, *Real-ESRGAN*, 2021.
`,
  inputs: 'one',
  arguments: [{ name: 'factor', kind: 'int', summary: 'how many times as small', default: 2, min: 1 }],
  shape(query) {
    const x = inputOfKind(query, 'pixel_unshuffle', 'image');
    if (!x) return null;
    const [height, width, channels] = x;
    const factor = query.args.int('factor');
    const [rows, columns] = [height!.over(factor), width!.over(factor)];
    if (rows && columns) return [rows, columns, channels!.times(factor * factor)];
    return query.report(argumentValue, {
      at: query.args.span('factor') ?? query.span,
      facts: {
        call: 'pixel_unshuffle',
        name: 'factor',
        wanted: `a number that divides height and width, since a map of ${height} × ${width} arrives`,
        given: String(factor),
      },
    });
  },
  range: ([x]) => x!,
  lower({ inputs: [x], args }) {
    const factor = args.int('factor');
    const [batch, height, width, channels] = x!.shape as [number, number, number, number];
    const [rows, columns] = [height / factor, width / factor];
    const patches = t.reshape(x!, [batch, rows, factor, columns, factor, channels]);
    return t.reshape(t.transpose(patches, [0, 1, 3, 2, 4, 5]), [
      batch,
      rows,
      columns,
      factor ** 2 * channels,
    ]);
  },
  examples: [
    { call: 'pixel_unshuffle(2)', inputs: [[4, 6, 2]], output: [2, 3, 8] },
    { call: 'pixel_unshuffle(3)', inputs: [[3, 6, 1]], output: [1, 2, 9] },
  ],
});
