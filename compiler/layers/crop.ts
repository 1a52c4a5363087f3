import { Dim } from '../3-check/dim.ts';
import { sizeCollapsed } from '../diagnostics/codes/size-collapsed.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { type Border, borderArgument, borderFor } from './parts/border.ts';
import { inputOfKind } from './parts/rank.ts';
import { paddingOf } from './parts/windows.ts';

export const crop = defineLayer({
  name: 'crop',
  summary: 'takes a border off a map',
  documentation: `
\`crop(1)\` makes [H, W, C] into [H − 2, W − 2, C]; \`crop([[0, 1], [0, 1]])\` drops the last row and the last column.
`,
  inputs: 'one',
  arguments: [borderArgument('take')],
  shape(query) {
    const x = inputOfKind(query, 'crop', 'map');
    const border = x && borderFor(query, 'crop', x.length - 1);
    if (!border) return null;
    const taken = border.map(([before, after]) => before + after);
    const left = x.map((size, axis) => size.minus(taken[axis] ?? 0));
    if (left.every(({ value }) => value === null || value >= 1)) return left;
    return query.report(sizeCollapsed, {
      facts: { layer: 'crop', given: x.slice(0, -1), window: taken.map((size) => Dim.of(size + 1)) },
    });
  },
  range: ([x]) => x!,
  lower({ inputs: [x], args }) {
    const border = paddingOf(args, x!.shape.length - 2) as Border;
    const sides = [[0, 0] as const, ...border, [0, 0] as const];
    return t.slice(
      x!,
      sides.map(([before]) => before),
      x!.shape.map((size, axis) => size - sides[axis]![0] - sides[axis]![1]),
    );
  },
  examples: [
    { call: 'crop(1)', inputs: [[4, 3, 2]], output: [2, 1, 2] },
    { call: 'crop([[0, 1], [2, 0]])', inputs: [[3, 4, 1]], output: [2, 2, 1] },
  ],
});
